"""How progression is known, its pattern, and whether it was tested again."""

from __future__ import annotations

import pytest

from houlu.understanding.profile import Profile
from tests.unit.understanding.listening import listen


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("CT大了", "imaging"),
        ("片子上又长大了", "imaging"),
        ("复查有新病灶", "imaging"),
        ("核磁看到新的转移", "imaging"),
        ("病灶比上次增大了", "imaging"),
        ("照CT話大咗", "imaging"),
        ("電腦斷層顯示變大", "imaging"),
        ("片子上那坨又胖了一圈", "imaging"),
        ("PET-CT显示多了好几个", "imaging"),
        ("医生说耐药了", "doctor_confirmed"),
        ("主任看了说进展了", "doctor_confirmed"),
        ("大夫说控制不住了", "doctor_confirmed"),
        ("CEA从5涨到30", "marker_only"),
        ("癌胚抗原一直升", "marker_only"),
        ("最近CEA 5涨到18，片子没啥变化", "marker_only"),
        ("肿瘤标志物翻倍", "marker_only"),
        ("最近又咳又没劲，是不是药不灵了，感觉失效了", "symptoms_only"),
    ],
)
def test_how_progression_is_known(said: str, how: str) -> None:
    assert listen(said).profile.progression == how


@pytest.mark.parametrize(
    "said",
    [
        "CT没变化",
        "片子稳定，没长",
        "长多少算进展",
        "怎么才叫耐药",
        "如果CT大了怎么办",
        "病友的CT大了",
        "什么时候拍CT",
        "是不是耐药了",
    ],
)
def test_no_progression_was_told(said: str) -> None:
    assert listen(said).profile.progression is None


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("片子上看到的", "imaging"),
        ("拍了CT", "imaging"),
        ("医生说的", "doctor_confirmed"),
        ("主任告诉我们的", "doctor_confirmed"),
        ("指标", "marker_only"),
        ("就是没劲，咳嗽", "symptoms_only"),
    ],
)
def test_bare_answers_to_the_question_how_it_is_known(said: str, how: str) -> None:
    assert listen(said, asked="progression").profile.progression == how


def test_a_marker_beside_a_stable_scan_stays_a_marker() -> None:
    assert listen("CEA升高了，CT没变化").profile.progression == "marker_only"


def test_the_doctors_word_outweighs_and_is_not_outweighed() -> None:
    assert listen("医生说是进展了", before=Profile(progression="imaging")).profile.progression == "doctor_confirmed"
    assert listen("CEA也涨了", before=Profile(progression="imaging")).profile.progression == "imaging"
    assert (
        listen("说错了，片子没拍，只是CEA涨了", before=Profile(progression="imaging")).profile.progression
        == "marker_only"
    )


@pytest.mark.parametrize(
    ("said", "pattern"),
    [
        ("慢慢长的", "slow"),
        ("长得很慢", "slow"),
        ("缓慢进展", "slow"),
        ("长了一点点", "slow"),
        ("慢慢长的，没啥症状", "slow"),
        ("只有一个地方长大了", "oligo"),
        ("就一处新长的", "oligo"),
        ("寡进展", "oligo"),
        ("其他都稳定，就肝上一个长大", "oligo"),
        ("肺上那个大了，别的地方没事", "oligo"),
        ("全身多处转移了", "widespread"),
        ("好几处都长了", "widespread"),
        ("到处都是", "widespread"),
        ("周身都係", "widespread"),
        ("脑转移了", "brain"),
        ("脑子里长了两个", "brain"),
        ("颅内有新病灶", "brain"),
        ("脑膜转移", "leptomeningeal"),
        ("脑脊液里找到癌细胞", "leptomeningeal"),
        ("肺上稳定，脑袋里有新的", "brain"),
    ],
)
def test_the_pattern(said: str, pattern: str) -> None:
    assert listen(said, asked="pattern").profile.pattern == pattern


@pytest.mark.parametrize(
    "said",
    [
        "没有脑转移",
        "骨头上又有新的",
        "脑部核磁干净",
        "脑里没事",
        "什么是寡进展",
        "寡进展和广泛进展怎么区分",
        "会不会脑转移",
        "如果脑转移怎么办",
        "群里有人脑转移了",
    ],
)
def test_no_pattern_was_told(said: str) -> None:
    assert listen(said, intent="progression_pattern").profile.pattern is None


def test_the_most_serious_pattern_stays() -> None:
    assert listen("肺上也长了一处", before=Profile(pattern="brain")).profile.pattern == "brain"
    assert listen("脑子里也有", before=Profile(pattern="oligo")).profile.pattern == "brain"


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("做了穿刺", "tissue"),
        ("重新穿刺取了组织", "tissue"),
        ("又做了活检", "tissue"),
        ("气管镜取的", "tissue"),
        ("切片驗出MET擴增", "tissue"),
        ("抽血查的", "blood"),
        ("抽血做的基因检测", "blood"),
        ("血检查到T790M", "blood"),
        ("做了液体活检", "blood"),
        ("抽咗血驗基因", "blood"),
        ("还没有再查", "none"),
        ("没做基因检测", "none"),
        ("耐药以后没再穿过", "none"),
        ("没有重新查", "none"),
        ("冇再驗過", "none"),
        ("在等基因报告", "pending"),
        ("送检了，结果没出来", "pending"),
        ("穿刺做完了等结果", "pending"),
        ("报告还没下来", "pending"),
    ],
)
def test_whether_it_was_tested_again(said: str, how: str) -> None:
    assert listen(said, asked="rebiopsy").profile.rebiopsy == how


@pytest.mark.parametrize(
    "said",
    [
        "要不要再穿刺",
        "抽血准吗",
        "穿刺疼不疼",
        "不想再穿刺了",
        "如果抽血查不到呢",
        "医生建议再活检",
        "抽血查了CEA",
        "病友做了穿刺",
    ],
)
def test_no_new_test_was_told(said: str) -> None:
    assert listen(said, intent="rebiopsy_how").profile.rebiopsy is None
