package tally

import (
	"slices"

	"fayi/app/kit"
	"fayi/judging"
)

// CalibrationOf returns how the panel scored a calibration work, once the judge has scored it too.
func CalibrationOf(d judging.Duties, code judging.WorkCode) (judging.Calibration, bool) {
	i := slices.IndexFunc(d.Calibrations, func(c judging.Calibration) bool { return c.Code == code })
	if i < 0 {
		return judging.Calibration{}, false
	}
	return d.Calibrations[i], true
}

// CalibrationWords describes the spread of the panel: “：您 84，5 位评委 78–90，中位 85”. It is empty before there is one.
func CalibrationWords(text kit.Texter, d judging.Duties, code judging.WorkCode) string {
	c, ok := CalibrationOf(d, code)
	if !ok || !OfPanel(c) {
		return ""
	}
	return text.T("desk.panel", map[string]any{
		"Mine":   judging.Exact(c.Mine).String(),
		"Low":    judging.Exact(c.Low).String(),
		"High":   judging.Exact(c.High).String(),
		"Median": judging.Exact(c.Median).String(),
		"Judges": c.Judges,
	})
}

// TrialWords is CalibrationWords for a narrow column.
func TrialWords(text kit.Texter, d judging.Duties, code judging.WorkCode) string {
	c, ok := CalibrationOf(d, code)
	if !ok || !OfPanel(c) {
		return text.T("desk.trial", nil)
	}
	return text.T("desk.trial_panel", map[string]any{
		"Low":    judging.Exact(c.Low).String(),
		"High":   judging.Exact(c.High).String(),
		"Median": judging.Exact(c.Median).String(),
	})
}

// OfPanel reports whether there is a panel to compare with: one judge makes no panel.
func OfPanel(c judging.Calibration) bool { return c.Judges > 1 }
