"""Words around a metric's name: those that say where or how it was measured, and those that make it another metric."""

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Data sets and benchmarks: "COCO mIoU" is mIoU. Alone, a benchmark's name is a metric, as in "GQA".
DATA_SETS = """
20 Newsgroups; 2WikiMultihopQA; 3DPW; A-OKVQA; ACDC; ActivityNet; ADE20K; AG News; AgentBench; AGIEval; AI2D; AIME;
Aircraft; ALFWorld; AlpacaEval; AlpacaEval 2.0; AMASS; Amazon Reviews; ANLI; AntMaze; AQuA; ARC; ARC-C; ARC-E;
Arena-Hard; Argoverse; Argoverse 2; ASDiv; Atari; AudioCaps; AudioSet; BBH; BDD-X; BDD100K; BEIR; BIG-Bench; BIG-Bench
Hard; BillSum; BookCorpus; BoolQ; BraTS; BraTS2018; BraTS2020; BraTS2021; BSD100; BSD68; BTCV; C-Eval; C4;
Caltech-101; CALVIN; Camelyon16; Camelyon17; CARLA; Cars; CATH; CC12M; CC3M; CelebA; CelebA-HQ; Charades; ChartQA;
ChestX-ray14; CheXpert; CIFAR; CIFAR-10; CIFAR-10-C; CIFAR-10-LT; CIFAR-100; CIFAR-100-C; CIFAR-100-LT; CIFAR-FS;
CIFAR10.1; CiteSeer; Cityscapes; Clothing1M; CLUTRR; CMMLU; CMU-MOSEI; CNN/DailyMail; CNN/DM; COCO; COCO Captions;
COCO-Stuff; COD10K; CodeContests; CoLA; Common Voice; CommonsenseQA; CoNLL; CoQA; Cora; CrossDocked; CrowdHuman; CUB;
CUB-200; CUB-200-2011; D4RL; DailyDialog; DAVIS; DAVIS 2017; DBpedia; DiDeMo; DIV2K; DMControl; DocVQA; DomainNet;
DrawBench; DTD; DTU; DukeMTMC; DUTS; Ego4D; EgoSchema; EMNIST; EmpatheticDialogues; enwik8; EPIC-Kitchens; ESC-50;
ETTh1; ETTh2; ETTm1; ETTm2; EuRoC; EuroSAT; Fashion-MNIST; FB15k; FB15k-237; FetaQA; FEVER; FFHQ; FGVC Aircraft;
Flickr30k; Flickr8k; FLORES; FLORES-101; FLORES-200; Flowers; Flowers102; FOLIO; Food; Food101; GenEval; Gigaword;
GLUE; GoPro; GOT-10k; GPQA; GQA; GSM8K; GTA5; HalfCheetah; HallusionBench; HANS; HarmBench; HellaSwag; HiTab; HMDB51;
Hopper; HotpotQA; Human3.6M; HumanEval; HumanML3D; IEMOCAP; IFEval; IJB-B; IJB-C; ImageNet; ImageNet-100; ImageNet-1K;
ImageNet-21K; ImageNet-22K; ImageNet-A; ImageNet-C; ImageNet-LT; ImageNet-O; ImageNet-R; ImageNet-Sketch; ImageNet-V2;
IMDB; iNaturalist; iNaturalist 2018; InfoVQA; ISIC; ISIC 2018; IWSLT14; Kinetics; Kinetics-400; Kinetics-600; KITTI;
KITTI-360; KMNIST; Kodak; LAION; LAMBADA; LaSOT; LFW; LIBERO; LibriSpeech; LibriTTS; LiTS; LiveCodeBench; LJSpeech;
LLaVA-Bench; LLaVA-Bench-in-the-Wild; LLaVA-W; LLFF; LongBench; LongBench-E; LRS2; LRS3; LSMDC; LSUN; LVIS; Manga109;
Mapillary; Market-1501; MATH; MATH500; MathQA; MathVista; Matterport3D; MBPP; MELD; Meta-World; MIMIC-CXR; MIMIC-III;
Mind2Web; Mini-ImageNet; miniF2F; Mip-NeRF 360; MLVU; MM-Vet; MMBench; MME; MME-P; MMHal; MMHal-Bench; MMHal-V;
MMHalBench-V; MMLU; MMLU-Pro; MMMU; MMStar; MNIST; MNLI; ModelNet; ModelNet10; ModelNet40; MoleculeNet; MOSEI; MOSI;
MOT17; MOT20; MovieLens; MovieLens-1M; MPI-INF-3DHP; MPII; MRPC; MS COCO; MS MARCO; MSMT17; MSR-VTT; MSVD; MT-Bench;
MuJoCo; MultiArith; MultiNLI; MultiWOZ; MusicCaps; MuSiQue; MVBench; NarrativeQA; Natural Questions; NeRF Synthetic;
NExT-QA; NoCaps; NQ; NTU RGB+D; nuPlan; nuScenes; NYU Depth V2; NYUv2; ObjectNet; Objects365; OCR-VQA; Office-31;
Office-Home; OGB; ogbn-arxiv; ogbn-products; OK-VQA; Omniglot; OpenBookQA; OpenImages; OpenSubtitles; OpenWebText;
OSWorld; Oxford Pets; Oxford-IIIT Pets; PACS; PASCAL; PASCAL Context; Pascal VOC; PASCAL VOC 2012; PAWS; PDBBind; Penn
Treebank; Permuted MNIST; PersonaChat; PG-19; Pile; PIQA; Places365; POPE; Procgen; ProntoQA; PTB; PubMed; QASPER;
QM9; QNLI; QQP; QuAC; RedPajama; RefCOCO; RefCOCO+; RefCOCOg; RLBench; RTE; S3DIS; SAMSum; ScanNet; ScanNet200;
ScanObjectNN; Sci-VQA; ScienceQA; ScreenSpot; SEED; SEED-Bench; Self-Instruct; SemanticKITTI; Set14; Set5; ShapeNet;
SIDD; SlimPajama; SNLI; Something-Something; Something-Something V2; Speech Commands; Split CIFAR-100; SQA-I; SQuAD;
SQuAD 2.0; SQuAD v2; SST-2; SST-5; SSv2; Stanford Cars; Stanford Dogs; STL-10; StrategyQA; StrongREJECT; STS-B;
SUN397; SUNRGBD; Super-NaturalInstructions; SuperGLUE; SVAMP; SVHN; SWE-bench; SYNTHIA; T2I-CompBench; TACRED; Tanks
and Temples; TCGA; TED-LIUM; TerraIncognita; text8; TextVQA; Tiered-ImageNet; Tiny-ImageNet; ToolBench; TrackingNet;
TREC; TriviaQA; TruthfulQA; TUM RGB-D; TVQA; UCF101; Urban100; VCR; VCTK; VGGFace; Vicuna-bench; Video-MME; Vimeo90K;
VisDA; VisDA-2017; Visual Genome; VizWiz; VLCS; VOC; VoxCeleb; VoxCeleb1; VQA v2; VTAB; Walker2d; Waterbirds; Waymo;
Waymo Open; WebArena; WebShop; WebVision; WikiHop; WikiSQL; WikiText; WikiText-103; WikiText-2; WikiTQ; WildBench;
WILDS; WinoGrande; WMT; WMT14; WMT16; WMT17; WMT20; WN18; WN18RR; WNLI; XNLI; XSum; Yelp; YouCook2; YouTube-VIS;
YouTube-VOS; ZINC
"""

# Splits, averages and "score": they say how a metric was taken, not which one it is.
PLAIN = _listed("average averaged best dev final heldout mean metric overall score test testing val validation value")

UNITS = _listed(
    """
% $ a angstrom b billion bit bits byte bytes celsius cm day days db deg degree degrees ev ev/a ev/å fps g gb gib gpu
gpu-days gpu-hours h hour hours hr hrs hz images/s img/s it/s j j/img k kb kcal/mol khz kj/mol km kwh m mb mev mev/a
mev/å mib million min mins minute minutes mm ms mw nm percent percentage pixel pixels points pp px rad s samples/s sec
second seconds secs t tb tok/s tokens/s us usd w wh x ° µs × å μm μs
"""
)

# What follows these is data: "accuracy on <data>".
ON = _listed("across for on")

# Where one of these stands in what would be dropped, it may well be another metric: "accuracy on unseen classes".
TELLING = _listed(
    """
accuracy adaptation adapted adversarial adversarially adversary after attack attacked backdoor balanced base before
change class clean corrupted corruption cost cross curve degradation delta deviation difference distribution domain
drop error few fine finetuned finetuning forget forgetting forgotten gain gap generalization generation
group id improvement increase inference iou knn l1 l2 linear loss lower macro mahalanobis max maximum median
memory micro min minimum natural new noise noisy novel old ood per perturbation perturbed poisoned poisoning probe
probing rare rate ratio reduction relative retain retention robust robustness sampling seen shift shot speed std
tail time top train trained training transfer tuned tuning unknown unlearned unlearning unseen upper variance versus
vs weighted without worse worst zero
"""
)

# How a word is written in a metric that is not well known.
SPELLINGS = _listed(
    """
2D 3D 4D AP AR ASR BEV CIFAR CLIP CNN COCO CPU CSI CT CTR DINO EEG F1 FSC GAN GLUE GPT GPU HNS ID IDF IQM KITTI KV LCA
LLM LLaVA LSTM MI MLP MMLU MNIST MRI MSF NER NLP NME OCR OOD OpenAI PCA PCC PPL QA RGB RL RMS RNN ROC SOTA SSL SVD TF
TPU TSF UMAP VAE VLM VQA
"""
)

# One word of up to four letters is an acronym ("SAD", "LOF"), unless it is one of these.
ORDINARY = _listed(
    """
area avg best bias bits clas clus core cost cpu data dead deep dist edge fast fine flow free gain gap goal good half
hard high info jerk lag last loss low mass max mean memo min mode name new next node none norm obj obs odds old omit
open ours para pass path pile pose rank rate real rest retr risk runs safe self size skew slow soft span std step sum
task test text time tone top true unit user val view vs wall wide wins work year yes
"""
)
