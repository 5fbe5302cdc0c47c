"""Run configurations: read whole or refused with what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trainer.configuration import CONFIGS, RunConfig, licence_of


def test_the_studio_configuration_survives_a_checkpoint() -> None:
    """What a checkpoint keeps builds the same run."""
    run = RunConfig.load("studio")
    assert len(run.categories) == 42
    assert RunConfig.from_dict(json.loads(json.dumps(run.to_dict()))) == run


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("name = ", "run.toml"),
        ('name = "x"\nspeed = 3', "speed"),
        ('name = "x"\n[training]\nstep = 3', "step"),
        ('name = "x"\n[augmentation]\nwobble = 3', "wobble"),
        ("name = 3", "names"),
        ('name = "x"\ncategories = 3', "run.toml"),
        ('name = "x"\ncategories = [3]', "names"),
        ('name = "x"\nlicence = 3', "licence must be a text"),
        ('name = "x"\ntraining = 3', "run.toml"),
        ('name = "x"\nmodel = 3', "run.toml"),
        ('name = "x"\n[model]\nhidden = "many"', "hidden"),
        ('name = "x"\n[training]\nsteps = "many"', "steps must be a whole number"),
        ('name = "x"\n[training]\nbatch = 0', "batch must be 1 or more"),
        ('name = "x"\n[training]\nbatch = 1.5', "batch must be a whole number"),
        ('name = "x"\n[training]\nlearning_rate = nan', "learning_rate must be a number"),
        ('name = "x"\n[augmentation]\ndrop = [1]', "drop must be a number"),
    ],
)
def test_a_bad_file_is_refused_by_what_is_wrong(tmp_path: Path, text: str, named: str) -> None:
    """A misspelt key does not go unnoticed for a night's training."""
    path = tmp_path / "run.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=named):
        RunConfig.load(str(path))


def test_an_unknown_name_lists_the_known_ones() -> None:
    """So does a file that is not there."""
    with pytest.raises(FileNotFoundError, match="studio"):
        RunConfig.load("atelier")


def test_only_quick_draw_configurations_state_its_licence() -> None:
    """So do runs of these from before licences were kept, but none that merely has the name."""
    for path in CONFIGS.glob("*.toml"):
        run = RunConfig.load(path.stem).to_dict()
        licence = run.pop("licence")
        assert ("Quick, Draw!" in licence and "CC BY 4.0" in licence) == (path.stem != "shapes")
        assert licence_of(run) == licence
        assert licence_of({**run, "licence": "mine"}) == "mine"
        assert licence_of({**run, "categories": ("kite",)}) == ""
