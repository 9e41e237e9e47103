package judge

import (
	"fayi/app/judge/tally"
	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/judging"
)

// panelWords is CalibrationWords, or on a judge's own computer why there are none.
func (d *Desk) panelWords(code judging.WorkCode) string {
	if words := tally.CalibrationWords(d.sh, d.duties, code); words != "" || !d.own() {
		return words
	}
	return d.sh.T("desk.trial_away", nil)
}

// tellPanel says how the panel scored the calibration work that the judge has just scored.
func (d *Desk) tellPanel(before judging.Duties) {
	for _, c := range d.duties.Calibrations {
		if old, known := tally.CalibrationOf(before, c.Code); tally.OfPanel(c) && (!known || old.Mine != c.Mine) {
			d.tell(kit.Notice{
				Tone: look.Info,
				Text: d.sh.T("desk.panel_title", map[string]any{
					"Code": c.Code,
				}) + tally.CalibrationWords(d.sh, d.duties, c.Code),
			})
		}
	}
}
