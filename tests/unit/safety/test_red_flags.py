"""What is an emergency, and what only sounds like one: the shipped rules, read mechanism by mechanism."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houlu.knowledge import ids
from houlu.knowledge.files import KnowledgeError
from houlu.safety.red_flags import Flag, RedFlags
from houlu.understanding.normalise import Normaliser

KNOWLEDGE = Path(__file__).parents[3] / "data" / "knowledge"
RULES = RedFlags.load(KNOWLEDGE)
NORMALISE = Normaliser.load(KNOWLEDGE)


def find(text: str) -> Flag | None:
    return RULES.find(NORMALISE(text).text)


def topic(text: str) -> str | None:
    flag = find(text)
    return flag.topic if flag else None


@pytest.mark.parametrize(("expected", "text"), [
    ("hemoptysis", "俺娘咳出来的都是红的 一捧一捧的"),
    ("hemoptysis", "阿媽咳出成碗血 點算"),
    ("hemoptysis", "嗯那个我妈刚刚咳血了然后还在咳好多"),
    ("dyspnea", "我爸喘得厉害 躺都躺不下去"),
    ("dyspnea", "阿爸抖唔到氣 嘴唇都紫晒"),
    ("dyspnea", "奶奶血氧只有78了"),
    ("ild", "换阿美才二十天 突然咳嗽气短"),
    ("ild", "食咗泰瑞沙個幾月 呢幾日乾咳兼氣促"),
    ("neuro", "我爸突然浑身抽 叫不答应"),
    ("neuro", "阿媽今朝突然講唔到嘢 口歪咗"),
    ("neuro", "老汉儿睡到起喊不醒"),
    ("cord_compression", "我妈腰疼半个月 今天腿突然没劲站不起来"),
    ("cord_compression", "大小便没知觉了 两条腿麻"),
    ("svc", "我爸脸肿得厉害 胳膊也肿 胸口好多青筋"),
    ("svc", "阿爸塊面腫晒 條頸粗咗"),
    ("tamponade_pe_chest_pain", "突然胸口剧痛 出冷汗"),
    ("tamponade_pe_chest_pain", "左腿肿了好几天 今天突然喘 胸疼"),
    ("tamponade_pe_chest_pain", "心包积液 现在头晕 血压80"),
    ("febrile_neutropenia", "化疗第七天发烧38.5"),
    ("febrile_neutropenia", "输完8201第五天 打寒战"),
    ("dehydration", "拉肚子一天十几次 站不起来"),
    ("dehydration", "屙咗十幾次 冇力企"),
    ("cardiac_syncope", "我爸刚才晕倒了"),
    ("cardiac_syncope", "心跳一百五十多 心慌得不行"),
    ("other_emergency", "打免疫后眼睛皮肤都黄了"),
    ("other_emergency", "我妈拉黑便 像柏油"),
    ("other_emergency", "输液突然全身起疹子 喉咙发紧"),
    ("other_emergency", "吃饭噎住了 脸都紫了"),
])
def test_danger_now_is_found_in_every_voice(expected: str, text: str) -> None:
    assert topic(text) == expected


@pytest.mark.parametrize("text", [
    "我不想活了", "我妈说她不想活了 想跳楼", "爸爸把安眠药都攒起来了", "我走了你们就轻松了", "阿媽話唔想做人",
    "不想拖累孩子 想一了百了", "他偷偷写了遗书", "这药吃了人变了 老说想死", "我要是没了 大家就好过了", "耐药了我想跳楼",
])
def test_self_harm_counts_veiled_and_of_a_relative(text: str) -> None:
    assert topic(text) == "self_harm"


@pytest.mark.parametrize("text", [
    "不想活检 太疼了", "不想化疗了 太累了", "我真的很累 不想治了", "妈妈总哭 说不想治了 怎么劝", "能活多久 给句痛快话",
    "我爸死活不做穿刺", "没想过自杀 就是心情不好", "这价格简直跳楼价",
])
def test_tired_of_treatment_is_not_self_harm(text: str) -> None:
    assert topic(text) is None


@pytest.mark.parametrize("text", [
    "没喘没发烧精神也好", "我妈没有咳血 也不喘 就是CT大了", "没发烧、咳嗽、胸痛", "冇咳血 冇氣喘", "化疗后没有发烧",
])
def test_what_is_denied_is_no_danger(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize("text", [
    "没发烧 但是喘不上气", "不咳血了 可是突然胸口剧痛", "止不住地咳血", "一动不动也喘 坐着都喘",
])
def test_a_denial_does_not_hide_what_is_there(text: str) -> None:
    assert find(text)


@pytest.mark.parametrize("text", [
    "要是半夜喘不上气 嘴唇发紫 该打120吗", "万一大咯血 家里该怎么办", "奥希替尼会不会导致间质性肺炎",
    "PD1会引起肺炎吗 说明书写有间质性肺炎", "怕他哪天突然喘不上气 家里要备氧气吗",
])
def test_a_hypothesis_or_a_risk_is_no_danger(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize("text", [
    "去年住院时大咯血 一口一口的 止不住 后来好了", "三年前晕倒过一次 查了没事", "以前咳过血 能用贝伐吗",
    "上个月发烧住院 已经退烧了 想问换药",
])
def test_what_is_past_and_over_is_no_danger(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize("text", ["以前不喘 现在坐着都喘", "去年咳过血 今天又咳血了 一大口", "以前好好的 突然喘不上气"])
def test_the_past_coming_back_is_danger(text: str) -> None:
    assert find(text)


@pytest.mark.parametrize("text", [
    "隔壁床昨天突然抽了 口吐白沫 吓死了", "我爷爷当年就是肺癌 咳血走的", "病友说他吃这个药喘得不行 嘴唇都紫了",
    "群里有人说不想活了 看得我难受",
])
def test_somebody_elses_danger_is_not_ours(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize("text", ["病友推荐的药 我爸吃了喘不上气", "隔壁床都好好的 就我妈一直咳血", "老公刚才晕倒了"])
def test_a_relative_who_is_ill_now_is_the_patient(text: str) -> None:
    assert find(text)


@pytest.mark.parametrize("text", [
    "老毛病了 一上楼就喘 十几年了没变化", "腿麻是老毛病 半年了没变 医生看过没事",
    "我经常头晕，站起来眼前发黑，是贫血吗",
])
def test_what_is_old_and_explained_is_no_danger(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize("text", [
    "急死了 怎么办", "笑死 机器人还会看病", "一盒药五万 真要命", "累得要死 天天跑医院", "吓晕了 一盒药五万",
    "我晕针 能不能不穿刺",
    "我妈晕车 能视频看诊吗", "死马当活马医 能不能试试四代", "吐槽一下你们医院", "房贷压得喘不过气", "抽血还是抽胸水准",
])
def test_figures_of_speech_are_no_danger(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize("text", [
    "血压120/80能化疗吗", "血小板38能打化疗吗", "一盒药39块贵吗 化疗报销吗", "肿瘤38mm变40mm 要化疗吗",
    "才39岁 就要化疗",
])
def test_a_number_is_a_fever_only_where_it_is_a_temperature(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize("text", ["发烧38度怎么办", "还没开始化疗 发烧38度", "下周要打化疗 有点感冒发烧"])
def test_fever_needs_a_treatment_that_has_begun(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize("text", [
    "咳嗽半年了 一直那样", "偶尔咳嗽 有点痰", "吃靶向药拉肚子一天两三次", "痰里有一丝血丝 要紧吗",
    "胸口隐隐作痛 好几年了",
])
def test_mild_complaints_are_no_danger(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize("text", [
    "癫痫发作怎么办", "胸闷气短是什么原因", "孩子抽搐", "宝宝发烧39度手脚冰凉怎么办", "肺栓塞的症状", "痔疮便血怎么治",
    "脑梗塞的前兆有哪些", "哮喘发作怎么办", "急性胃肠炎拉肚子吃什么药", "安眠药副作用大吗",
    "我怀孕三个月，吐得厉害，吃啥吐啥",
])
def test_encyclopaedia_questions_are_no_danger(text: str) -> None:
    assert find(text) is None


def test_self_harm_comes_before_any_other_danger() -> None:
    assert topic("我爸喘不上气 他说不想活了") == "self_harm"


def test_breath_cut_in_two_by_the_word_for_but_is_still_breath() -> None:
    assert topic("我爸透不过来气") == "dyspnea"


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_rules(text: str) -> None:
    flag = RULES.find(text)
    assert flag is None or flag.topic in ids.EMERGENCY_TOPICS


_SIGNS = st.sampled_from(["口吐白沫", "咳血", "喘不上气", "晕倒了", "嘴唇发紫", "拉了十几次", "胸口剧痛"])
_ORDINARY = st.sampled_from(["我妈吃奥希十个月了", "接下来怎么办", "能做活检吗", "谢谢医生", "我们想问问四代药"])


@given(st.sampled_from(["隔壁床", "病友前年", "我同事的爸爸"]), st.lists(_SIGNS, min_size=1, max_size=4), _ORDINARY)
@settings(max_examples=100, deadline=None)
def test_somebody_elses_danger_never_adds_a_flag(who: str, signs: list[str], rest: str) -> None:
    assert find(who + " ".join(signs) + " " + rest) is None


@given(_ORDINARY, st.sampled_from(["我爸突然喘不上气", "我妈咳血止不住", "他刚才晕倒了", "我不想活了"]), _ORDINARY)
@settings(max_examples=100, deadline=None)
def test_ordinary_words_around_it_never_hide_danger(before: str, danger: str, after: str) -> None:
    assert find(f"{before} {danger} {after}")


def test_a_message_takes_less_than_two_milliseconds() -> None:
    said = ("我爸突然喘不上气 嘴唇都紫了", "奥希耐药了 下一步怎么办", "抽血查T790M准吗")
    texts = [NORMALISE(text).text for text in said] * 20
    begun = time.process_time()
    for text in texts:
        RULES.find(text)
    assert (time.process_time() - begun) / len(texts) < 0.002


@pytest.mark.parametrize("piece", ["没咳血得", "咳血", "不喘、", "死了 ", "发烧没有", "会不会", "腿软", "喘不过气"])
def test_the_longest_message_takes_less_than_a_fifth_of_a_second(piece: str) -> None:
    begun = time.process_time()
    RULES.find((piece * 1000)[:1000])
    assert time.process_time() - begun < 0.2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge that a test may spoil."""
    (tmp_path / "lexicon").symlink_to(KNOWLEDGE / "lexicon")
    for name in ("red_flags.yaml", "red_flags_words.yaml"):
        (tmp_path / name).write_text((KNOWLEDGE / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("row", "problem"), [
    ("{id: x, topic: hemoptisis, all: [[a]]}", "did you mean hemoptysis"),
    ("{id: x, topic: ild, all: []}", "at least one group"),
    ("{id: x, topic: ild, all: [[a]], within: 0}", "at least one clause"),
    ("{id: x, topic: ild, all: [['(']]}", "no regular expression"),
    ("{id: x, topic: ild, all: [[<nothing>]]}", "no word <nothing> stands above it"),
    ("{id: x, topic: ild, all: [[a]], despit: [past]}", "despit"),
])
def test_a_spoilt_row_is_named_exactly(folder: Path, row: str, problem: str) -> None:
    with (folder / "red_flags.yaml").open("a", encoding="utf-8") as file:
        file.write(f"- {row}\n")
    with pytest.raises(KnowledgeError, match="row x.*" + problem):
        RedFlags.load(folder)


def test_a_missing_word_is_named(folder: Path) -> None:
    path = folder / "red_flags_words.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("- id: over\n", "- id: gone\n"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="the word over is missing"):
        RedFlags.load(folder)


def test_every_topic_has_rules() -> None:
    assert {rule.flag.topic for rule in RULES._rules} == set(ids.EMERGENCY_TOPICS)
