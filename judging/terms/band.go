package terms

// Band gives a word to marks From..To, both ends included.
type Band struct {
	Label string  `toml:"label" json:"label"`
	From  float64 `toml:"from" json:"from"`
	To    float64 `toml:"to" json:"to"`
}

// Label returns the word of the band that v falls in, "" where there is none.
func Label(bands []Band, v float64) string {
	for _, b := range bands {
		if v >= b.From-1e-9 && v <= b.To+1e-9 {
			return b.Label
		}
	}
	return ""
}

// BandFaults lists bands that overlap, leave a gap, lie outside 0 to full or run backwards: every mark must
// have exactly one word. None is no fault; where names them.
func BandFaults(bands []Band, where string, full, step float64) (out []Fault) {
	if len(bands) == 0 {
		return nil
	}
	next := Exact(full)
	for _, b := range bands {
		from, to := Exact(b.From), Exact(b.To)
		args := map[string]any{
			"Where": where,
			"Label": b.Label,
			"From":  from.String(),
			"To":    to.String(),
			"Want":  next.String(),
			"Full":  Exact(full).String(),
		}
		switch {
		// so written, it refuses what is no number
		case b.Label == "" || !(0 <= b.From && b.From <= b.To) || to > Exact(full):
			out = append(out, Fault{"rules.band_impossible", args})
		case to > next:
			out = append(out, Fault{"rules.band_overlap", args})
		case to < next:
			out = append(out, Fault{"rules.band_gap", args})
		}
		next = from - Exact(step)
	}
	if len(out) == 0 && next+Exact(step) != 0 {
		out = append(out, Fault{"rules.band_gap", map[string]any{
			"Where": where,
			"Label": bands[len(bands)-1].Label,
			"From":  "0",
			"To":    "0",
			"Want":  "0",
			"Full":  Exact(full).String(),
		}})
	}
	return out
}
