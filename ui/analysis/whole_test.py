"""The figures of a whole exam in words that a teacher understands."""

from quizbank.statistics.decision_consistency import Consistency
from quizbank.statistics.estimates import Figure
from quizbank.statistics.exam_analysis import ExamAnalysis
from ui.analysis.figure_table import Row, draw_figures
from ui.analysis.figure_words import (
    kurtosis_said,
    number,
    number_range,
    percent,
    percent_range,
    reliability_said,
    skewness_said,
)

_CAPTION = "Likely range: in 95 of 100 such samples it holds the figure that all people would give."


def draw_test(analysis: ExamAnalysis) -> None:
    """Draw the exam's figures as a table."""
    draw_figures([*_marks(analysis), *_sureness(analysis)], _CAPTION)


def _marks(analysis: ExamAnalysis) -> list[Row]:
    test, n = analysis.test, analysis.attempts
    of = f"Of {analysis.size}"
    return [
        _row("Mean marks", test.mean, n, f"{of}; the cut score is {analysis.cut}.", 1),
        _row("Median marks", test.median, n, "Half of the attempts have fewer, half more.", 1),
        _row("Standard deviation", test.deviation, n, "How far marks usually lie apart.", 1),
        _row("Skewness", test.skewness, n, skewness_said(test.skewness)),
        _row("Kurtosis", test.kurtosis, n, kurtosis_said(test.kurtosis)),
    ]


def _sureness(analysis: ExamAnalysis) -> list[Row]:
    test, n = analysis.test, analysis.attempts
    within = "Two of three attempts lie within it of what that person would earn over many forms."
    rows = [
        _row("Reliability (alpha)", test.alpha, n, reliability_said(test.alpha)),
        _row("Standard error of measurement", test.error, n, f"In marks. {within}", 1),
        Row(
            "Error ratio",
            percent(test.error_ratio),
            percent_range(test.error_ratio),
            n,
            "How much of the standard deviation is error and not a difference between people.",
        ),
    ]
    if analysis.consistency:
        rows += _consistency(analysis.consistency, n)
    said = "Marks, one standard deviation. Nothing where everybody had the same questions."
    rows.append(_row("Forms differ by", test.form_deviation, n, said, 1))
    return rows


def _consistency(found: Consistency, n: int) -> list[Row]:
    alike = percent(found.agreement)
    return [
        Row(
            "Decided alike at the cut",
            alike,
            percent_range(found.agreement),
            n,
            f"{alike} of people would reach the cut score with both of two forms, or with neither.",
        ),
        _row("Better than chance (kappa)", found.kappa, n, "0 is chance alone, 1 is perfect."),
    ]


def _row(name: str, figure: Figure, n: int, said: str, digits: int = 2) -> Row:
    return Row(name, number(figure, digits), number_range(figure, digits), n, said)
