package field

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/script"
)

// Range bounds a number.
type Range struct {
	Low, High float64 // both included; Low = High means no bounds
	Places    int     // most decimal places
}

// Parse reads a number as people type it, full-width digits and a Chinese full stop for the point included, and
// checks it. It returns what is wrong in words, or "".
func (r Range) Parse(t kit.Texter, text string) (value float64, wrong string) {
	s := strings.NewReplacer("。", ".", " ", "").Replace(script.Fold(text))
	if thousands.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	value, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) || strings.ContainsAny(s, "xXeEpP_") {
		return 0, t.T("kit.not_number", map[string]any{"Example": r.Show(r.Low + (r.High-r.Low)*0.8)})
	}
	if i := strings.IndexByte(s, '.'); i >= 0 && len(s)-i-1 > r.Places {
		if r.Places == 0 {
			return 0, t.T("kit.whole_only", nil)
		}
		return 0, t.T("kit.too_many_places", map[string]any{"Places": r.Places})
	}
	if r.Low < r.High && (value < r.Low || value > r.High) {
		return 0, t.T("kit.out_of_range", map[string]any{"Value": s, "Low": r.Show(r.Low), "High": r.Show(r.High)})
	}
	return value, ""
}

// Show writes v with at most r.Places decimal places.
func (r Range) Show(v float64) string {
	p := math.Pow10(r.Places)
	return strconv.FormatFloat(math.Round(v*p)/p, 'f', -1, 64)
}

// thousands is a number with a comma after each three digits; elsewhere a comma is a slip.
var thousands = regexp.MustCompile(`^-?\d{1,3}(,\d{3})+(\.\d*)?$`)

// Number is a form line for a number, checked at each key.
type Number struct {
	Field

	OnChange func(value float64, ok bool)

	entry    *Entry
	text     kit.Texter
	bounds   Range
	required bool
}

// NewNumber returns an empty number field. unit stands behind the input, as “件”.
func NewNumber(t kit.Texter, label, help, unit string, bounds Range, must bool) *Number {
	f := &Number{entry: NewEntry(), text: t, bounds: bounds, required: must}
	row := lay.Row(
		lay.Gap8, container.NewStack(lay.Blank(look.Em(7), 0), f.entry), look.NewText(unit, look.Body, look.Quiet),
	)
	f.init(f, required(t, label, must), help, row)
	f.edge.Hide()
	f.Check = f.wrong
	f.entry.OnChanged = func(string) {
		f.Changed()
		if f.OnChange != nil {
			f.OnChange(f.Value())
		}
	}
	return f
}

func (f *Number) wrong() string {
	if strings.TrimSpace(f.entry.Text) == "" {
		if f.required {
			return f.text.T("kit.empty", nil)
		}
		return ""
	}
	_, wrong := f.bounds.Parse(f.text, f.entry.Text)
	return wrong
}

// Value returns the number; ok is false while the field is empty or wrong.
func (f *Number) Value() (value float64, ok bool) {
	value, wrong := f.bounds.Parse(f.text, f.entry.Text)
	return value, wrong == ""
}

// SetValue writes v without calling OnChange.
func (f *Number) SetValue(v float64) {
	f.entry.SetQuietly(f.bounds.Show(v))
	f.Tell("")
}

// Clear empties the field without calling OnChange.
func (f *Number) Clear() {
	f.entry.SetQuietly("")
	f.Tell("")
}

// Focus puts the cursor in the input.
func (f *Number) Focus() { keys.Focus(f.entry) }

// Entry is the input itself, to type in in tests.
func (f *Number) Entry() *Entry { return f.entry }
