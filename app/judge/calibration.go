package judge

import (
	"slices"

	"fayi/app/kit"
	"fayi/judging"
)

// calibrationOf returns how the panel scored a calibration work, once the judge has scored it too.
func calibrationOf(d judging.Duties, code judging.WorkCode) (judging.Calibration, bool) {
	i := slices.IndexFunc(d.Calibrations, func(c judging.Calibration) bool { return c.Code == code })
	if i < 0 {
		return judging.Calibration{}, false
	}
	return d.Calibrations[i], true
}

// calibrationWords describes the spread of the panel: “：您 84，5 位评委 78–90，中位 85”. It is empty before there is one.
func calibrationWords(text kit.Texter, d judging.Duties, code judging.WorkCode) string {
	c, ok := calibrationOf(d, code)
	if !ok || !ofPanel(c) {
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

// panelWords is calibrationWords, or on a judge's own computer why there are none.
func (d *Desk) panelWords(code judging.WorkCode) string {
	if words := calibrationWords(d.sh, d.duties, code); words != "" || !d.own() {
		return words
	}
	return d.sh.T("desk.trial_away", nil)
}

// trialWords is calibrationWords for a narrow column.
func trialWords(text kit.Texter, d judging.Duties, code judging.WorkCode) string {
	c, ok := calibrationOf(d, code)
	if !ok || !ofPanel(c) {
		return text.T("desk.trial", nil)
	}
	return text.T("desk.trial_panel", map[string]any{
		"Low":    judging.Exact(c.Low).String(),
		"High":   judging.Exact(c.High).String(),
		"Median": judging.Exact(c.Median).String(),
	})
}

// ofPanel reports whether there is a panel to compare with: one judge makes no panel.
func ofPanel(c judging.Calibration) bool { return c.Judges > 1 }

// tellPanel says how the panel scored the calibration work that the judge has just scored.
func (d *Desk) tellPanel(before judging.Duties) {
	for _, c := range d.duties.Calibrations {
		if old, known := calibrationOf(before, c.Code); ofPanel(c) && (!known || old.Mine != c.Mine) {
			d.sh.Tell(kit.Notice{
				Tone: kit.Info,
				Text: d.sh.T("desk.panel_title", map[string]any{
					"Code": c.Code,
				}) + calibrationWords(d.sh, d.duties, c.Code),
			})
		}
	}
}
