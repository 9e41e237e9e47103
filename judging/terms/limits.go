package terms

// Limits 分数区间 narrows what a mark or a total may be: from Least to Most.
type Limits struct {
	Least float64 `toml:"least,omitempty" json:"least,omitempty"` // points; 0: from 0
	Most  float64 `toml:"most,omitempty" json:"most,omitempty"`   // points; 0: to the full mark
}

// Within returns the lowest and the highest mark of a full mark, in points.
func (l Limits) Within(full float64) (least, most float64) {
	if l.Most > 0 {
		return l.Least, l.Most
	}
	return l.Least, full
}

// Holds reports whether v lies within the limits of a full mark.
func (l Limits) Holds(v, full float64) bool {
	least, most := l.Within(full)
	return Exact(least) <= Exact(v) && Exact(v) <= Exact(most)
}

// Possible reports whether limits of a full mark can be meant: both multiples of step, which is above 0, the lower one
// below the upper one, neither beyond the full mark.
func (l Limits) Possible(full, step float64) bool {
	least, most := l.Within(full)
	if !(l.Least >= 0 && l.Most >= 0) { // so written, it refuses what is no number
		return false
	}
	return Exact(least) < Exact(most) && Exact(most) <= Exact(full) &&
		Exact(least)%Exact(step) == 0 && Exact(most)%Exact(step) == 0
}

// Comment 必写评语 says when a judge's comment is compulsory: always, or where a mark or total lies below or above At.
type Comment struct {
	When When    `toml:"when,omitempty" json:"when,omitempty"`
	At   float64 `toml:"at,omitempty" json:"at,omitempty"` // points, itself not meant
}

// When is a moment at which a comment is compulsory.
type When string

// The moments; empty means never.
const (
	Always When = "always"
	Below  When = "below"
	Above  When = "above"
)

// Wanted reports whether v, once given, asks for a comment.
func (c Comment) Wanted(v float64) bool {
	switch c.When {
	case Always:
		return true
	case Below:
		return Exact(v) < Exact(c.At)
	case Above:
		return Exact(v) > Exact(c.At)
	}
	return false
}

// Possible reports whether the rule can be meant of marks up to full: some of them ask for a comment and, unless all
// do, some do not.
func (c Comment) Possible(full float64) bool {
	switch c.When {
	case "", Always:
		return Exact(c.At) == 0
	case Below:
		return 0 < Exact(c.At) && Exact(c.At) <= Exact(full)
	case Above:
		return 0 <= Exact(c.At) && Exact(c.At) < Exact(full)
	}
	return false
}

// Veto 一票否决 says that a flag raised by so many judges, with their reasons, keeps a work from any place and award.
type Veto struct {
	Flag   string `toml:"flag" json:"flag"`     // a word of judging.Flags
	Judges int    `toml:"judges" json:"judges"` // 1-50
}

// LimitFaults lists limits that no mark of up to full can keep, and a comment that nobody or everybody would owe by a
// limit. where and name say of which criterion; no name says of the total.
func LimitFaults(where, name string, full, step float64, l Limits, c Comment) (out []Fault) {
	if l != (Limits{}) && !l.Possible(full, step) {
		out = append(out, Fault{"rules.limits", map[string]any{
			"Where": where, "Name": name, "Least": Exact(l.Least).String(), "Most": Exact(l.Most).String(),
			"Full": Exact(full).String(),
		}})
	}
	if !c.Possible(full) {
		out = append(out, Fault{"rules.comment", map[string]any{
			"Where": where, "Name": name, "Value": string(c.When), "At": Exact(c.At).String(),
		}})
	}
	return out
}

// VetoFaults lists vetoes by what is no flag, by one flag twice, or by no number of judges that there may be.
func VetoFaults(where string, vetoes []Veto, known func(flag string) bool) (out []Fault) {
	seen := map[string]bool{}
	for _, v := range vetoes {
		if !known(v.Flag) || seen[v.Flag] || v.Judges < 1 || v.Judges > 50 {
			args := map[string]any{"Where": where, "Value": v.Flag, "Judges": v.Judges}
			out = append(out, Fault{"rules.veto", args})
		}
		seen[v.Flag] = true
	}
	return out
}
