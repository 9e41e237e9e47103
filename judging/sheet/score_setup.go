package sheet

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
)

// printing says how a sheet comes out on A4 paper.
type printing struct {
	portrait bool
	repeat   int // rows above the table up to this one are its head; it is printed on every page
	left     string
	right    string // of the footer; page x of y stands in its middle
}

// setPrinting prepares a sheet before anything is written to it.
func setPrinting(f *excelize.File, sheet string, p printing, words Words) error {
	const a4 = 9
	fit, paper, one, many := true, a4, 1, 0
	orientation := "landscape"
	if p.portrait {
		orientation = "portrait"
	}
	if err := f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &one, FitToHeight: &many}); err != nil {
		return err
	}
	side, top, bottom, header, centred := 0.55, 0.65, 0.75, 0.3, true
	if err := f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &bottom,
		Header: &header, Footer: &header, Horizontally: &centred}); err != nil {
		return err
	}
	page := words("paper.page", map[string]any{"Page": "&P", "Pages": "&N"})
	footer := "&C" + page
	if p.left != "" {
		footer = "&L" + footerText(p.left) + footer
	}
	if p.right != "" {
		footer += "&R" + footerText(p.right)
	}
	if err := f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: footer}); err != nil {
		return err
	}
	if p.repeat == 0 {
		return nil
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet,
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(sheet, "'", "''"), p.repeat, p.repeat)})
}

// footerText makes text fit for a part of a footer, where & begins a code and 255 signs are the limit of the whole.
func footerText(s string) string {
	r := []rune(plainText(s))
	return strings.ReplaceAll(cutRunes(r, 60), "&", "&&")
}

func (p scorePage) setUp(f *excelize.File, s ScoreSheet, words Words) error {
	d := s.Duties
	foot := printing{repeat: rowHead, left: d.Name + " · " + p.category, right: d.Contest}
	if err := setPrinting(f, p.name, foot, words); err != nil {
		return err
	}
	lines := false
	if err := f.SetSheetView(p.name, -1, &excelize.ViewOptions{ShowGridLines: &lines}); err != nil {
		return err
	}
	if err := p.addChecks(f, d.TotalOnly, words); err != nil {
		return err
	}
	return f.ProtectSheet(p.name, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true,
		FormatRows: true, FormatColumns: true, EditScenarios: true, EditObjects: true})
}

// addChecks lets each cell take only what belongs there, and says so in words when something else is typed.
func (p scorePage) addChecks(f *excelize.File, totalOnly bool, words Words) error {
	c := p.columns()
	for n, criterion := range p.rubric.Criteria {
		if err := p.addMarkCheck(f, c.marks+n, criterion.Name, criterion.Weight, words); err != nil {
			return err
		}
	}
	if totalOnly {
		if err := p.addMarkCheck(f, c.total, words("paper.head_total", nil), p.rubric.Scale, words); err != nil {
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
	return p.addCheck(f, state, c.state, words("paper.check_state", map[string]any{"States": strings.Join(states, "、")}), words)
}

func (p scorePage) addMarkCheck(f *excelize.File, col int, name string, most float64, words Words) error {
	step := p.rubric.Step
	dv := excelize.NewDataValidation(true)
	var err error
	if step == 1 {
		err = dv.SetRange(0, most, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
	} else {
		at := ref(col, rowFirst)
		limit, by := judging.Exact(most).String(), judging.Exact(step).String()
		err = dv.SetRange(fmt.Sprintf("AND(ISNUMBER(%[1]s),%[1]s&gt;=0,%[1]s&lt;=%[2]s,ABS(%[1]s/%[3]s-ROUND(%[1]s/%[3]s,0))&lt;0.000001)", at, limit, by),
			"", excelize.DataValidationTypeCustom, excelize.DataValidationOperatorBetween)
	}
	if err != nil {
		return err
	}
	text := words("paper.check_mark", map[string]any{"Name": name, "Max": judging.Exact(most).String(), "Step": judging.Exact(step).String()})
	return p.addCheck(f, dv, col, text, words)
}

func (p scorePage) addCheck(f *excelize.File, dv *excelize.DataValidation, col int, text string, words Words) error {
	dv.SetSqref(span(col, col, rowFirst, p.last()))
	title := cutRunes([]rune(words("paper.check_title", nil)), 32)
	dv.SetError(excelize.DataValidationErrorStyleStop, title, cutRunes([]rune(text), 220))
	return f.AddDataValidation(p.name, dv)
}
