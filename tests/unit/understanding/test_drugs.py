"""Which drugs this patient took, in order; what is asked, planned, denied or taken by somebody else is not in it."""

from __future__ import annotations

import pytest

from houlu.understanding.profile import Profile
from tests.unit.understanding.listening import listen


@pytest.mark.parametrize(
    ("said", "drugs"),
    [
        # one drug, by all its names
        ("我爸吃的易瑞沙", ["gefitinib"]),
        ("吃的是吉非替尼", ["gefitinib"]),
        ("伊瑞可吃了一年", ["gefitinib"]),
        ("一直吃凯美纳", ["icotinib"]),
        ("9291吃了两年耐药了", ["osimertinib"]),
        ("AZD9291耐药", ["osimertinib"]),
        ("泰瑞沙没效果了", ["osimertinib"]),
        ("奥希吃了十个月", ["osimertinib"]),
        ("阿美乐失效了", ["aumolertinib"]),
        ("赛可瑞吃了20个月", ["crizotinib"]),
        ("安圣莎两年进展", ["alectinib"]),
        ("博瑞纳吃了半年", ["lorlatinib"]),
        # several, in the order taken
        ("先吃易瑞沙后吃泰瑞沙", ["gefitinib", "osimertinib"]),
        ("易瑞沙耐药后换了奥希替尼", ["gefitinib", "osimertinib"]),
        ("易瑞沙一年，奥希替尼一年半，都耐药了", ["gefitinib", "osimertinib"]),
        ("一线凯美纳，二线阿美替尼", ["icotinib", "aumolertinib"]),
        ("现在吃的奥希替尼，之前吃的特罗凯", ["erlotinib", "osimertinib"]),
        ("吃奥希替尼之前吃过易瑞沙", ["gefitinib", "osimertinib"]),
        ("克唑替尼、阿来替尼、洛拉替尼都用过了", ["crizotinib", "alectinib", "lorlatinib"]),
        ("最早吃的特罗凯，后来换成伏美替尼", ["erlotinib", "furmonertinib"]),
        # treatments by their class only
        ("奥希替尼耐药后做过化疗", ["osimertinib", "chemotherapy"]),
        ("化疗做了四次又吃的奥希替尼", ["chemotherapy", "osimertinib"]),
        # Traditional, Cantonese
        ("食咗易瑞沙一年", ["gefitinib"]),
        ("服用泰格莎兩年後惡化", ["osimertinib"]),
        ("之前食得舒緩，依家食緊泰格莎", ["erlotinib", "osimertinib"]),
    ],
)
def test_drugs_taken_in_order(said: str, drugs: list[str]) -> None:
    assert list(listen(said).profile.drugs) == drugs


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("能不能吃奥希替尼", "next_generation"),
        ("可以换成泰瑞沙吗", "next_generation"),
        ("能不能单用K药", "inform"),
        ("医生建议上奥希替尼，要不要听", "inform"),
        ("想换阿美替尼", "inform"),
        ("打算吃伏美替尼", "inform"),
        ("没吃过易瑞沙", "inform"),
        ("从来没用过靶向药奥希替尼", "inform"),
        ("如果吃奥希替尼会怎么样", "inform"),
        ("隔壁床吃的易瑞沙", "inform"),
        ("听说奥希替尼效果好", "inform"),
        ("病友都在吃9291", "inform"),
        ("奥希替尼多少钱一盒", "insurance_price"),
        ("泰瑞沙是几代药", "next_generation"),
        ("洛拉替尼副作用大吗", "side_effect"),
        ("赛沃替尼和奥希替尼一起吃有用吗", "combination"),
        ("直接上三代药奥希替尼行不行", "inform"),
        ("要不要加贝伐珠单抗", "antiangiogenic"),
        ("可唔可以食泰格莎", "next_generation"),
    ],
)
def test_drugs_only_spoken_of_are_not_taken(said: str, intent: str) -> None:
    assert listen(said, intent=intent).profile.drugs == ()


@pytest.mark.parametrize(
    ("said", "drugs"),
    [
        ("说错了，是特罗凯", ["erlotinib"]),
        ("不是易瑞沙，是凯美纳", ["icotinib"]),
        ("写错了，应该是厄洛替尼", ["erlotinib"]),
        ("更正一下，吃的是埃克替尼", ["icotinib"]),
        ("我爸没吃过易瑞沙，吃的是奥希替尼", ["osimertinib"]),
    ],
)
def test_a_correction_replaces_the_drug(said: str, drugs: list[str]) -> None:
    assert list(listen(said, before=Profile(drugs=("gefitinib",))).profile.drugs) == drugs


def test_a_correction_keeps_the_place_in_the_order() -> None:
    before = Profile(drugs=("gefitinib", "osimertinib"))
    assert listen("第一个不是易瑞沙，是凯美纳", before=before).profile.drugs == ("icotinib", "osimertinib")


@pytest.mark.parametrize(
    ("said", "drugs"),
    [
        ("后来换了奥希替尼", ["gefitinib", "osimertinib"]),
        ("现在吃奥希替尼", ["gefitinib", "osimertinib"]),
        ("易瑞沙耐药了", ["gefitinib"]),
    ],
)
def test_a_later_message_adds_to_the_list(said: str, drugs: list[str]) -> None:
    assert list(listen(said, before=Profile(drugs=("gefitinib",))).profile.drugs) == drugs


@pytest.mark.parametrize("said", ["CEA 299", "血小板299", "花了9291块钱", "住9楼291床", "血压140"])
def test_a_number_that_is_a_value_is_no_drug(said: str) -> None:
    assert listen(said).profile.drugs == ()


@pytest.mark.parametrize(
    ("said", "drug"),
    [
        ("吃的易瑞莎", "gefitinib"),
        ("奥西替尼", "osimertinib"),
        ("泰瑞萨吃了一年", "osimertinib"),
        ("特罗开", "erlotinib"),
        ("凯美娜没效了", "icotinib"),
        ("阿莱替尼", "alectinib"),
        ("布格提尼吃了一年", "brigatinib"),
    ],
)
def test_misspelt_names(said: str, drug: str) -> None:
    assert listen(said, asked="drug").profile.drugs == (drug,)


@pytest.mark.parametrize("said", ["我爸吃的是安洛西替尼", "吃的凡格拉替尼", "用的卡布妥单抗"])
def test_a_name_that_does_not_exist_is_asked_about(said: str) -> None:
    heard = listen(said)
    assert heard.profile.drugs == ()
    assert heard.unknown_drug


def test_a_name_known_by_its_sound_only_is_said_back() -> None:
    heard = listen("我妈吃络拉替尼一年了")
    assert heard.profile.drugs == heard.heard_as == ("lorlatinib",)
