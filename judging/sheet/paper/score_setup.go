package paper

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/grid"
)

// setUp prepares the page before anything is written to it.
func (p scorePage) setUp(f *excelize.File, s ScoreSheet, words Words) (printing, error) {
	d := s.Duties
	paper := printing{repeat: rowHead, left: d.Name + " · " + p.category, right: d.Contest}
	if err := setPrinting(f, p.name, paper, words); err != nil {
		return paper, err
	}
	lines := false
	if err := f.SetSheetView(p.name, -1, &excelize.ViewOptions{ShowGridLines: &lines}); err != nil {
		return paper, err
	}
	if err := p.addChecks(f, d.TotalOnly, words); err != nil {
		return paper, err
	}
	return paper, f.ProtectSheet(p.name, &excelize.SheetProtectionOptions{
		SelectLockedCells:   true,
		SelectUnlockedCells: true,
		FormatRows:          true,
		FormatColumns:       true,
		EditScenarios:       true,
		EditObjects:         true,
	})
}

// addChecks lets each cell take only what belongs there, and says so in words when something else is typed.
func (p scorePage) addChecks(f *excelize.File, totalOnly bool, words Words) error {
	c := p.columns()
	if err := p.addSaidChecks(f, words); err != nil {
		return err
	}
	for n, criterion := range p.rubric.Criteria {
		if p.said() {
			break
		}
		criterion.Name = p.called(criterion, words)
		if err := p.addMarkCheck(f, c.marks+n, criterion, words); err != nil {
			return err
		}
	}
	if totalOnly {
		total := judging.Criterion{
			Name: words("paper.head_total", nil), Weight: p.rubric.Scale, Limits: p.rubric.Limits,
		}
		if err := p.addMarkCheck(f, c.total, total, words); err != nil {
			return err
		}
	}
	sure := excelize.NewDataValidation(true)
	if err := sure.SetDropList([]string{"3", "2", "1"}); err != nil {
		return err
	}
	if err := p.addCheck(f, sure, c.confidence, words("paper.check_confidence", nil), words); err != nil {
		return err
	}
	var states []string
	for _, s := range stateKeys {
		states = append(states, words(s.key, nil))
	}
	state := excelize.NewDataValidation(true)
	if err := state.SetDropList(states); err != nil {
		return err
	}
	return p.addCheck(f, state, c.state, words("paper.check_state", map[string]any{
		"States": strings.Join(states, "、"),
	}), words)
}

func (p scorePage) addMarkCheck(f *excelize.File, col int, c judging.Criterion, words Words) error {
	step := p.rubric.Step
	least, most := c.Within(c.Weight)
	dv := excelize.NewDataValidation(true)
	var err error
	if step == 1 && !c.Optional {
		err = dv.SetRange(least, most, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
	} else {
		at := grid.Ref(col, rowFirst)
		from := judging.Exact(least).String()
		limit, by := judging.Exact(most).String(), judging.Exact(step).String()
		check := fmt.Sprintf(
			"AND(ISNUMBER(%[1]s),%[1]s&gt;=%[4]s,%[1]s&lt;=%[2]s,"+
				"ABS(%[1]s/%[3]s-ROUND(%[1]s/%[3]s,0))&lt;0.000001)",
			at, limit, by, from,
		)
		if c.Optional { // arithmetic with a word is an error, which must not be reached
			check = "IF(ISNUMBER(" + at + ")," + check + "," + saysOff(at) + ")"
		}
		err = dv.SetRange(
			check,
			"",
			excelize.DataValidationTypeCustom,
			excelize.DataValidationOperatorBetween,
		)
	}
	if err != nil {
		return err
	}
	text := words("paper.check_mark", map[string]any{
		"Name": c.Name, "Optional": c.Optional,
		"Min":  judging.Exact(least).String(),
		"Max":  judging.Exact(most).String(),
		"Step": judging.Exact(step).String(),
	})
	return p.addCheck(f, dv, col, text, words)
}

func (p scorePage) addCheck(f *excelize.File, dv *excelize.DataValidation, col int, text string, words Words) error {
	dv.SetSqref(span(col, col, rowFirst, p.last()))
	title := cutRunes([]rune(words("paper.check_title", nil)), 32)
	dv.SetError(excelize.DataValidationErrorStyleStop, title, cutRunes([]rune(text), 220))
	return f.AddDataValidation(p.name, dv)
}
