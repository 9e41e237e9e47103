package paper

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/terms"
	"fayi/judging/voting"
)

// said reports whether the judge speaks in words: there is one criterion, and a word for each of its marks.
func (p scorePage) said() bool {
	r := p.rubric
	return len(r.Criteria) == 1 && len(r.Bands) > 0 &&
		!slices.ContainsFunc(r.Bands, func(b terms.Band) bool { return b.From != b.To })
}

// called is what a criterion is called in the language of the sheet: in a round without marks the program names it.
func (p scorePage) called(c judging.Criterion, words Words) string {
	if p.voting == nil {
		return c.Name
	}
	return words("voting.name_"+string(p.voting.Kind), nil)
}

// saidWords lists the words that may be chosen in the place of marks, best first, in the language of the sheet.
func (p scorePage) saidWords(words Words) []string {
	var out []string
	for _, b := range p.rubric.Bands {
		word := b.Label
		if p.voting != nil {
			word = words("voting.word_"+string(p.voting.Kind)+"_"+saidKeys[b.From], nil)
		}
		out = append(out, word)
	}
	return out
}

// saidKeys end the keys of the words for marks.
var saidKeys = map[float64]string{voting.For: "for", voting.Unsure: "unsure", voting.Against: "against"}

// band is the number of the band of a mark, -1 where it has none.
func (p scorePage) band(mark float64) int {
	return slices.IndexFunc(p.rubric.Bands, func(b terms.Band) bool { return b.From == mark })
}

// how says how the sheet is filled in. Where judges give no marks it holds the rule of the round: who has only the
// sheet learns nowhere else how many votes, places or points there are.
func (p *scoreWriter) how() string {
	v := p.sheet.Duties.Voting
	if v == nil {
		return p.words("paper.score_how", map[string]any{"Step": judging.Exact(p.rubric.Step).String()})
	}
	return p.words("paper.score_how_voting", map[string]any{
		"Kind": string(v.Kind), "Name": p.called(p.rubric.Criteria[0], p.words), "N": v.N(),
		"Rule": p.words("rulesheet.voting_"+string(v.Kind), map[string]any{
			"Pass": v.Pass, "N": v.N(), "Exactly": v.Exactly,
		}),
	})
}

func (p *scoreWriter) howSaid() string {
	if !p.said() {
		return ""
	}
	return p.mayGive(p.words)
}

// mayGive says what may be given where no marks are: words, or numbers up to the highest.
func (p scorePage) mayGive(words Words) string {
	name := p.called(p.rubric.Criteria[0], words)
	if !p.said() {
		return words("paper.score_how_number", map[string]any{
			"Name": name, "Most": judging.Exact(p.rubric.Scale).String(),
		})
	}
	return words("paper.score_how_said", map[string]any{"Name": name, "Words": p.listed(words)})
}

// listed names the words that may be chosen, one after the other.
func (p scorePage) listed(words Words) string {
	return strings.Join(p.saidWords(words), words("kit.comma", nil))
}

func (p *scoreWriter) howVeto() string {
	var flags []judging.Flag
	for _, v := range p.rubric.Vetoes {
		flags = append(flags, judging.Flag(v.Flag))
	}
	if len(flags) == 0 {
		return ""
	}
	return p.words("paper.score_how_veto", map[string]any{"Flags": flagsText(flags, p.words)})
}

// flagsText writes flags as ReadScoreSheet knows them.
func flagsText(flags []judging.Flag, words Words) string {
	var out []string
	for _, f := range flags {
		out = append(out, words("flags."+string(f), nil))
	}
	return strings.Join(out, "、")
}

// addSaidChecks lets the cells of marks take the words for them, and those of flags a flag; several flags may be typed.
func (p scorePage) addSaidChecks(f *excelize.File, words Words) error {
	c := p.columns()
	if p.said() {
		list := excelize.NewDataValidation(true)
		if err := list.SetDropList(p.saidWords(words)); err != nil {
			return err
		}
		text := words("paper.check_said", map[string]any{
			"Name": p.called(p.rubric.Criteria[0], words), "Words": p.listed(words),
		})
		if err := p.addCheck(f, list, c.marks, text, words); err != nil {
			return err
		}
	}
	if c.flags == 0 {
		return nil
	}
	var all []string
	for _, flag := range judging.Flags {
		all = append(all, words("flags."+string(flag), nil))
	}
	list := excelize.NewDataValidation(true)
	if err := list.SetDropList(all); err != nil {
		return err
	}
	list.SetSqref(span(c.flags, c.flags, rowFirst, p.last()))
	list.ShowErrorMessage = false // several are typed with a comma between them
	return f.AddDataValidation(p.name, list)
}

// wholeMarks is the condition of a formula that all marks of a row are there.
func (p scorePage) wholeMarks(marks string) string {
	count := "COUNT"
	if p.said() {
		count = "COUNTA"
	}
	off := ""
	if p.rubric.Optional() {
		for _, word := range offWords {
			off += fmt.Sprintf("+COUNTIF(%s,%s)", marks, quoteText(word))
		}
	}
	return fmt.Sprintf("%s(%s)%s=%d", count, marks, off, len(p.rubric.Criteria))
}

// offWords say in the place of a mark that the criterion does not apply; the catalogue's are among them.
var offWords = []string{"不适用", "N/A"}

// saysOff is the condition of a formula that a cell says so.
func saysOff(cell string) string {
	var all []string
	for _, word := range offWords {
		all = append(all, cell+"="+quoteText(word))
	}
	return "OR(" + strings.Join(all, ",") + ")"
}

// sumMarks is the formula of what a row's marks make.
func (p scorePage) sumMarks(marks string, row int, words Words) string {
	if p.rubric.Optional() {
		full := judging.Exact(p.rubric.Scale).String()
		of := full
		for i, c := range p.rubric.Criteria {
			if c.Optional {
				off := saysOff(grid.Ref(p.columns().marks+i, row))
				of += fmt.Sprintf("-IF(%s,%s,0)", off, judging.Exact(c.Weight))
			}
		}
		return fmt.Sprintf("ROUND(SUM(%s)*%s/(%s),4)", marks, full, of)
	}
	if !p.said() {
		return "SUM(" + marks + ")"
	}
	out := "SUM(" + marks + ")"
	for i, word := range p.saidWords(words) { // COUNTIF compares whole cells
		mark := judging.Exact(p.rubric.Bands[i].From).String()
		out = fmt.Sprintf("IF(COUNTIF(%s,%s)>0,%s,%s)", marks, quoteText(word), mark, out)
	}
	return out
}
