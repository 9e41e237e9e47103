package paper

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A4 in millimetres, and the margins in inches.
const (
	paperShort   = 210.0
	paperLong    = 297.0
	marginSide   = 0.55
	marginTop    = 0.65
	marginBottom = 0.75
)

// printing says how a sheet comes out on A4 paper.
type printing struct {
	portrait bool
	repeat   int    // the row that heads the table; it is printed on every page
	left     string // of the footer; page x of y stands in its middle
	right    string
}

// room is what the page holds between its margins: pixels across, points down.
func (p printing) room() (across, down float64) {
	w, h := paperLong, paperShort
	if p.portrait {
		w, h = h, w
	}
	return (w/25.4 - 2*marginSide) * 96, (h/25.4 - marginTop - marginBottom) * 72
}

// pageFlow computes where pages end, to keep a signature from standing alone on the last one.
type pageFlow struct {
	room float64 // points of a page at the scale at which the sheet is printed
	head float64 // points of the repeated row
	used float64
	rows int // on the page so far, without the head
}

// newPageFlow begins a first page for columns of widths.
func newPageFlow(p printing, widths []float64) *pageFlow {
	across, down := p.room()
	return &pageFlow{room: down * max(1, pixels(widths)/across)}
}

// add puts a row on the page, or on the next one when it is full.
func (f *pageFlow) add(height float64) {
	if f.used+height > f.room && f.rows > 0 {
		f.used, f.rows = f.head, 0
	}
	f.used += height
	f.rows++
}

// strands reports whether rows of such heights, kept together, would begin a page although n rows before them could
// go along.
func (f *pageFlow) strands(n int, heights ...float64) bool {
	need := f.used
	for _, h := range heights {
		need += h
	}
	return need > f.room*0.97 && f.rows > n
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
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size:        &paper,
		Orientation: &orientation,
		FitToWidth:  &one,
		FitToHeight: &many,
	}); err != nil {
		return err
	}
	side, top, bottom, header, centred := marginSide, marginTop, marginBottom, 0.3, true
	if err := f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left:         &side,
		Right:        &side,
		Top:          &top,
		Bottom:       &bottom,
		Header:       &header,
		Footer:       &header,
		Horizontally: &centred,
	}); err != nil {
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
