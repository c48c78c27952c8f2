"""Old names, until their users are renamed."""

from generator.corpus.load import load_corpus
from generator.progress import no_progress as untracked

survey = load_corpus


def check(folder, track=untracked):
    found = load_corpus(folder, track)
    return found.corpus, found.warnings
