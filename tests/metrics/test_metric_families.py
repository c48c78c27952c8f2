"""Metric families: which spellings are one metric, which are not, and what is counted."""

import random
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.metrics import Family, canonical_metric, families, families_of
from generator.metrics.canonical import SYNONYMS, _key
from generator.model import Action, Study, Task, Trace

SPELLINGS = [(name, spelling) for name, more in SYNONYMS.items() for spelling in (name, *more)]
TEXT = """
    Accuracy Top-1 top 5 (%) (ms) [s] on ImageNet CIFAR-10 for FID F1 score Scores mean average test val mAP @0.5
    AP @ R@1 (PPL) perplexity time training mossiness lichen-rate (AUC (PR)) e.g., / & ↑ % # of error robust 256x256
    ß İ ﬁ Zähigkeit k-NN ∆ α ² _ - ( ) ] , : * ++"""
WORDS = st.sampled_from(TEXT.split())
METRICS = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=8).map(" ".join))


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        (
            "F1",
            [
                "f1",
                "F1 score",
                "F1-Score",
                "F1 scores",
                "F-1",
                "F1 (%)",
                "average F1-score",
                "F1↑",
                "F1 (entity linking)",
            ],
        ),
        (
            "Accuracy",
            ["ACC", "Acc. (%)", "accuracy on CIFAR-10", "test accuracy (%)", "Accuracy (ACC)", "GQA accuracy"],
        ),
        (
            "Accuracy",
            ["classification_accuracy", "mean acc", "accuracy on the moss tasks", "POPE (Accuracy)", "Acc (Cars)"],
        ),
        (
            "Top-1 accuracy",
            ["ImageNet Top-1 accuracy", "top1 acc.", "Top-1 ImageNet-1K accuracy", "Accuracy (top-1)", "Acc@1"],
        ),
        (
            "FID",
            ["Fréchet Inception Distance (FID)", "FID on ImageNet 256x256", "FID-50K", "COCO FID-30K score", "FID ↓"],
        ),
        ("mIoU", ["mean IoU", "average mIoU", "Cityscapes mIoU", "mean_IoU (%)", "mean intersection-over-union"]),
        ("mAP", ["mAP@0.5", "mAP@[0.5:0.95]", "mean average precision (mAP)", "COCO mAP"]),
        ("AP", ["average precision", "AP50", "AP_75", "AP@0.5", "AP (average precision)"]),
        ("Recall@k", ["R@1", "Recall @ 10", "recall@k", "Flickr30k R@5", "Recall@10 (%)"]),
        ("AUROC", ["ROC-AUC", "AUC (ROC)", "AUROC for anomaly spotting", "area under the ROC curve (AUROC)"]),
        ("Perplexity", ["PPL", "validation perplexity", "WikiText-2 perplexity", "C4 (PPL)", "perplexity (PPL)"]),
        ("Training time", ["training_time", "Training Time (min)", "train time", "total training time"]),
        ("Inference time", ["inference time (ms)", "average test time"]),
        ("Parameter count", ["# params", "# of Params", "#Parameters (M)", "number of parameters"]),
        ("Performance", ["task performance", "Model performance", "Performance (e.g., accuracy/F1)"]),
        ("Chamfer distance", ["ChamferDistance", "chamfer_distance (mm)"]),
        ("Validation loss", ["val loss", "final validation loss", "validation loss score"]),
        ("R²", ["R2", "R^2", "R-squared"]),
    ],
)
def test_spellings_of_one_metric_meet(name: str, spellings: list[str]) -> None:
    assert {spelling: canonical_metric(spelling) for spelling in spellings} == dict.fromkeys(spellings, name)


@pytest.mark.parametrize(
    "spellings",
    [
        [
            "accuracy",
            "top-1 accuracy",
            "top-5 accuracy",
            "balanced accuracy",
            "pixel accuracy",
            "OOD accuracy",
            "VQA accuracy",
        ],
        [
            "accuracy",
            "robust accuracy",
            "clean accuracy",
            "accuracy on unseen classes",
            "accuracy under attack",
            "∆accuracy",
        ],
        [
            "accuracy",
            "zero-shot accuracy",
            "accuracy (zero-shot)/F1",
            "accuracy and F1",
            "training accuracy",
            "1 - accuracy",
        ],
        ["PSNR", "SSIM", "MS-SSIM", "PSNR/SSIM", "PSNR & SSIM", "ΔPSNR", "PSNR gain"],
        ["BLEU", "SacreBLEU", "Self-BLEU", "ROUGE-1", "ROUGE-2", "ROUGE-L"],
        ["AUC", "AUROC", "AUPRC", "AUC of the learning curve"],
        [
            "precision",
            "recall",
            "average precision",
            "average recall",
            "mAP",
            "recall@k",
            "precision@k",
            "F1",
            "F-score",
        ],
        ["success rate", "attack success rate", "error rate", "success rate (unseen scenes)"],
        ["time", "training time", "inference time", "time per epoch", "time (training)/inference", "memory usage"],
        ["FID", "sFID", "KID", "FID (IS)", "Inception score", "FVD"],
        ["MAE", "MSE", "RMSE", "normalized RMSE", "MAPE"],
        ["loss", "training loss", "validation loss", "test loss", "loss (MSE)"],
        ["box AP", "mask AP", "AP", "ADD", "ADD-S", "ADD(-S)"],
        ["macro F1", "micro F1", "F1", "token F1"],
        ["chrF", "chrF++", "mIoU", "IoU", "oIoU", "diversity (LPIPS)", "LPIPS"],
    ],
)
def test_distinct_metrics_stay_apart(spellings: list[str]) -> None:
    names = [canonical_metric(spelling) for spelling in spellings]
    assert len(set(names)) == len(names), names


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("moss_thickness (mm)", "Moss thickness"),
        ("Moss-Thickness", "Moss thickness"),
        ("Mean moss radius (MMR)", "Mean moss radius"),
        ("lichen FID gap", "Lichen FID gap"),
        ("mAP after drizzle", "mAP after drizzle"),
        ("moss (shaded side)", "Moss (shaded side)"),
        ("mqz", "MQZ"),
        ("risk", "Risk"),
        ("gqa", "GQA"),
        ("GLUE score", "GLUE"),
        ("%", "Other"),
        ("", "Other"),
    ],
)
def test_what_is_not_well_known_goes_by_its_own_words(spelling: str, name: str) -> None:
    assert canonical_metric(spelling) == name


def test_no_spelling_belongs_to_two_families() -> None:
    owners = defaultdict(set)
    for name, spelling in SPELLINGS:
        owners[_key(spelling)].add(name)
    assert {key: names for key, names in owners.items() if len(names) > 1 or not key} == {}


def test_every_listed_spelling_leads_to_its_family() -> None:
    assert [one for one in SPELLINGS if canonical_metric(one[1]) != one[0]] == []


def test_prose_is_its_own_family() -> None:
    prose = "accuracy on " + "moss " * 50
    assert canonical_metric(prose) == canonical_metric(canonical_metric(prose)) == prose.strip().capitalize()


@given(METRICS)
def test_a_family_is_its_own_family(metric: str) -> None:
    assert canonical_metric(canonical_metric(metric)) == canonical_metric(metric) != ""


@given(METRICS.filter(lambda text: text.upper().casefold() == text.casefold()))
def test_case_and_white_space_do_not_matter(metric: str) -> None:
    shouted = "  " + metric.upper().replace(" ", " \t\n")
    assert canonical_metric(shouted) == canonical_metric(metric)


@given(st.lists(st.sampled_from(["moss", "lichen", "spore", "über", "bark7", "drizzle"]), min_size=2))
def test_the_words_of_an_unknown_metric_are_kept(words: list[str]) -> None:
    folded = [word.replace("ü", "u") for word in words]
    assert canonical_metric(" ".join(words)).casefold().split() == folded


def trace(model: str, task: Task, *metrics: tuple[str, ...]) -> Trace:
    studies = tuple(Study("S", "bark", Action.REMOVE, (), names, f"s{at}", at) for at, names in enumerate(metrics))
    return Trace(f"{model}.md", "lm-planner", model, "larch", task, "", studies)


TRACES = [
    trace("oak-1", Task.AUTHOR, ("F1 score", "F1", "moss area"), ("FID",)),
    trace("elm-2", Task.REVIEWER, ("F1",), ("f1 (%)", "FID")),
    trace("oak-1", Task.REVIEWER, ("F1",)),
]


def test_families_count_studies_by_spelling_task_and_model() -> None:
    f1, fid, moss = families(TRACES)
    assert f1 == Family(
        name="F1",
        studies=4,
        spellings=(("F1", 3), ("F1 score", 1), ("f1 (%)", 1)),
        tasks=((Task.REVIEWER, 3), (Task.AUTHOR, 1)),
        models=((("lm-planner", "elm-2"), 2), (("lm-planner", "oak-1"), 2)),
    )
    assert (fid.name, fid.studies) == ("FID", 2)
    assert (moss.name, moss.spellings) == ("Moss area", (("moss area", 1),))


def test_a_study_names_each_of_its_families_once() -> None:
    assert families_of(TRACES[0].studies[0]) == ("F1", "Moss area")


@given(st.randoms(use_true_random=False))
def test_the_order_of_traces_does_not_matter(chance: random.Random) -> None:
    shuffled = TRACES.copy()
    chance.shuffle(shuffled)
    assert families(shuffled) == families(TRACES)


def test_a_new_trace_renames_no_family() -> None:
    more = [*TRACES, trace("fir-3", Task.AUTHOR, ("Moss Area", "MOSS-AREA"))]
    assert {one.name for one in families(TRACES)} == {one.name for one in families(more)}
