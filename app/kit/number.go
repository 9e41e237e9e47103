package kit

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/container"
)

// Range bounds a number.
type Range struct {
	Low, High float64 // both included; Low = High means no bounds
	Places    int     // most decimal places
}

// Parse reads a number as people type it, full-width digits and a Chinese full stop for the point included, and
// checks it. It returns what is wrong in words, or "".
func (r Range) Parse(t Texter, text string) (value float64, wrong string) {
	s := strings.NewReplacer("。", ".", " ", "").Replace(fold(text))
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

// NumberField is a form line for a number, checked at each key.
type NumberField struct {
	Field

	OnChange func(value float64, ok bool)

	entry    *Entry
	text     Texter
	bounds   Range
	required bool
}

// NewNumberField returns an empty number field. unit stands behind the input, as “件”.
func NewNumberField(t Texter, label, help, unit string, bounds Range, must bool) *NumberField {
	f := &NumberField{entry: NewEntry(), text: t, bounds: bounds, required: must}
	row := Row(Gap8, container.NewStack(Blank(Em(7), 0), f.entry), NewText(unit, Body, Quiet))
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

func (f *NumberField) wrong() string {
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
func (f *NumberField) Value() (value float64, ok bool) {
	value, wrong := f.bounds.Parse(f.text, f.entry.Text)
	return value, wrong == ""
}

// SetValue writes v without calling OnChange.
func (f *NumberField) SetValue(v float64) {
	f.entry.setQuietly(f.bounds.Show(v))
	f.Tell("")
}

// Clear empties the field without calling OnChange.
func (f *NumberField) Clear() {
	f.entry.setQuietly("")
	f.Tell("")
}

// Focus puts the cursor in the input.
func (f *NumberField) Focus() { focus(f.entry) }

// Entry is the input itself, to type in in tests.
func (f *NumberField) Entry() *Entry { return f.entry }
