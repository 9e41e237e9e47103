package rules

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/voting"
)

// byMarks is the choice of a round in which judges give marks; the others are voting.Kinds.
const byMarks = "marks"

// kinds is a line for each round: how judges speak in it, and with which numbers.
func (p *editRulesPage) kinds() fyne.CanvasObject {
	r := &p.draft.Rules
	lines := field.NewLines(
		p.column("round", 6, 1), p.column("kind", 7, 1), p.column("kind_number", 5, 0), p.column("kind_exactly", 6, 0),
		field.LineColumn{Min: 12, Weight: 3},
	)
	p.lines.lists["kinds"] = lines
	name := p.sh.T("ruleedit.round_only", nil)
	if len(r.Rounds) > 0 {
		name = p.sh.T("ruleedit.round_first", nil)
	}
	p.kindLine(lines, name, r.Title, page.RuleBasics+"/v0", &r.Voting)
	for i := range r.Rounds {
		x := &r.Rounds[i]
		name := OrWord(x.Name, p.sh.T("ruleedit.nameless", nil))
		p.kindLine(lines, name, x.Name, page.RuleBasics+"/v"+NumberID(i+1), &x.Voting)
	}
	return lay.Stack(lay.Gap16, p.head("kinds"), lines)
}

// kindLine is the line of one round, called where in what Check finds.
func (p *editRulesPage) kindLine(lines *field.Lines, name, where, id string, rule **voting.Rule) {
	options := []choice.Option{{Key: byMarks, Title: p.sh.T("ruleedit.kind_of_"+byMarks, nil)}}
	for _, k := range voting.Kinds {
		options = append(options, choice.Option{Key: string(k), Title: p.sh.T("ruleedit.kind_of_"+string(k), nil)})
	}
	now := byMarks
	if *rule != nil {
		now = string((*rule).Kind)
	}
	number, exactly := p.kindNumbers(id, *rule)
	about := look.NewPara(p.sh.T("ruleedit.kind_about_"+now, nil), look.Note, look.Quiet, 24).Fluid()
	top := func(o fyne.CanvasObject) fyne.CanvasObject { return lay.Stack(0, o) } // what is said of it has more lines
	note := lines.Add(
		top(look.NewCutText(name, look.Body, look.Plain)),
		top(field.NewChoiceCell(options, now, func(key string) {
			if key == now {
				return
			}
			*rule = nil
			if key != byMarks {
				*rule = new(voting.Usual(voting.Kind(key)))
			}
			p.reshape()
		})),
		top(number), top(exactly), about,
	)
	p.note(note, func(f ruleFault) bool {
		if f.key == "number" {
			return strings.HasPrefix(f.where, id+"/")
		}
		return f.section == page.RuleBasics && slices.Contains(kindFaults, f.key) && f.where == where
	})
}

// kindFaults are what Check finds wrong with how judges speak in a round; what it finds wrong between two rounds is
// shown where they are.
var kindFaults = []string{
	"rules.voting_pass", "rules.voting_other", "rules.voting_votes", "rules.voting_all", "rules.voting_rubrics",
}

// kindNumbers are the inputs for the numbers of a rule, blank where it has none.
func (p *editRulesPage) kindNumbers(id string, v *voting.Rule) (number, exactly fyne.CanvasObject) {
	number, exactly = lay.Blank(0, 0), lay.Blank(0, 0)
	if v == nil {
		return number, exactly
	}
	if v.Kind == voting.Approval {
		return field.NewCell(v.Pass, "2/3", func(text string) {
			v.Pass = plainShare(text)
			p.changed()
		}), exactly
	}
	if n, most := v.Number(); n != nil {
		number = p.number(
			id+"/n", field.Range{High: float64(most)}, float64(*n), func(x float64) { *n = int(x) },
		)
	}
	all := choice.NewCheck(p.sh.T("ruleedit.kind_all_"+string(v.Kind), nil), nil)
	all.SetChecked(v.Exactly)
	all.OnChanged = func(on bool) { v.Exactly = on; p.changed() }
	return number, all
}

// plainShare writes a share as rules do, however people write it: "２／３", "三分之二" stays and is refused.
func plainShare(text string) string {
	return strings.TrimSpace(strings.NewReplacer("／", "/", "％", "%", " ", "").Replace(judging.Fold(text)))
}
