package mark_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
	"fayi/app/kit/mark"
)

func markField(t *testing.T, spec mark.Spec) (*mark.Field, *kittest.Shell) {
	sh := kittest.New(t)
	if spec.Max == 0 {
		spec = mark.Spec{Label: "主题内容", Note: "30%", Max: 30, Band: func(v float64) string {
			if v >= 24 {
				return "良好"
			}
			return "一般"
		}}
	}
	m := mark.New(sh, spec)
	sh.Put(lay.Stack(0, m))
	return m, sh
}

func TestMarkTypedShowsItsBand(t *testing.T) {
	m, sh := markField(t, mark.Spec{})
	var last float64
	m.OnChange = func(v float64, ok bool) { last = v }
	if _, ok := m.Value(); ok {
		t.Error("an empty mark is a mark")
	}
	test.Type(m.Entry(), "26")
	if v, ok := m.Value(); v != 26 || !ok || last != 26 || !kittest.Shows(sh.Win.Content(), "良好") {
		t.Errorf("value %v %v, told %v, shown %q", v, ok, last, kittest.Texts(sh.Win.Content()))
	}
}

func TestMarkOutOfRangeIsToldAtOnce(t *testing.T) {
	m, sh := markField(t, mark.Spec{})
	var ok bool
	m.OnChange = func(_ float64, good bool) { ok = good }
	test.Type(m.Entry(), "31")
	if want := "31 超出范围：应在 0 到 30 之间。"; m.Wrong() != want || !kittest.Shows(sh.Win.Content(), want) || ok {
		t.Errorf("told %q", m.Wrong())
	}
	if kittest.Shows(sh.Win.Content(), "良好") {
		t.Error("a wrong mark has a band")
	}
	m.SetValue(30)
	if m.Wrong() != "" {
		t.Errorf("a right mark is told %q", m.Wrong())
	}
	m.Clear()
	if _, good := m.Value(); good || m.Wrong() != "" {
		t.Error("an empty mark is a mark, or is scolded")
	}
}

func TestMarkMovesByArrowsWithinItsRange(t *testing.T) {
	m, sh := markField(t, mark.Spec{Label: "创意", Max: 10, Step: 0.5, Places: 1})
	sh.Focus(m.Entry())
	for _, step := range []struct {
		from float64
		key  fyne.KeyName
		want float64
	}{{3, fyne.KeyUp, 3.5}, {3, fyne.KeyDown, 2.5}, {10, fyne.KeyUp, 10}, {0.2, fyne.KeyDown, 0}} {
		m.SetValue(step.from)
		kittest.Press(sh.Win, step.key)
		if v, _ := m.Value(); v != step.want {
			t.Errorf("%v %s: %v", step.from, step.key, v)
		}
	}
}

func TestMarkEnterGoesOn(t *testing.T) {
	m, sh := markField(t, mark.Spec{})
	n := 0
	m.OnEnter = func() { n++ }
	m.Focus()
	kittest.Press(sh.Win, fyne.KeyReturn)
	if n != 1 {
		t.Errorf("went on %d times", n)
	}
}

func TestMarkBySlide(t *testing.T) {
	m, sh := markField(t, mark.Spec{})
	type slide interface {
		fyne.CanvasObject
		fyne.Draggable
		fyne.Tappable
	}
	found := kittest.All[slide](sh.Win.Content())
	s := found[len(found)-1] // after the field, which can be dragged in too
	w := s.Size().Width
	for at, want := range map[float32]float64{0: 0, w / 2: 15, w: 30, -50: 0, w + 50: 30} {
		s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(at, 5)}})
		if v, ok := m.Value(); v != want || !ok {
			t.Errorf("at %v of %v: %v", at, w, v)
		}
	}
	m.SetValue(3)
	m.Disable()
	s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(w, 5)})
	if v, _ := m.Value(); v != 3 {
		t.Error("a disabled mark was changed")
	}
	m.Enable()
	s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(w, 5)})
	if v, _ := m.Value(); v != 30 {
		t.Errorf("pressed at the end: %v", v)
	}
}

func TestADigitAfterAWholeMarkIsHandedOn(t *testing.T) {
	for _, c := range []struct {
		spec  mark.Spec
		typed string
		kept  string
		more  string
	}{
		{mark.Spec{
			Max: 30,
		}, "281", "28", "1"}, {mark.Spec{
			Max: 30,
		}, "35", "35", ""}, {mark.Spec{
			Max: 5,
		}, "47", "4", "7"},
		{mark.Spec{
			Max: 100,
		}, "857", "857", ""}, {mark.Spec{
			Max: 10,
		}, "87", "87", ""}, {mark.Spec{
			Max: 10,
		}, "105", "10", "5"},
		{mark.Spec{
			Max:    30,
			Step:   0.5,
			Places: 1,
		}, "25.51", "25.5", "1"}, {mark.Spec{
			Max:    30,
			Step:   0.5,
			Places: 1,
		}, "25.", "25.", ""},
	} {
		m, _ := markField(t, c.spec)
		var more string
		m.OnMore = func(r rune) bool { more += string(r); return true }
		test.Type(m.Entry(), c.typed)
		if m.Entry().Text != c.kept || more != c.more {
			t.Errorf("%q into a mark to %g: kept %q, handed on %q", c.typed, c.spec.Max, m.Entry().Text, more)
		}
	}
}

// A word is said by its button or a letter, taken back by the button or a key that erases, and written over by digits.
func TestAWordStandsInThePlaceOfAMark(t *testing.T) {
	m, sh := markField(t, mark.Spec{
		Label: "装裱", Max: 30, Word: mark.Band{Label: "不适用", Mark: -1},
		Band: func(v float64) string { return map[bool]string{true: "中", false: "？"}[v >= 0] },
	})
	told := 0.0
	m.OnChange = func(v float64, _ bool) { told = v }
	says := func(what string, want float64, ok bool) {
		t.Helper()
		if v, is := m.Value(); v != want && ok || is != ok || m.Wrong() != "" || kittest.Shows(sh.Win.Content(), "？") {
			t.Errorf("%s: %v %v, %q", what, v, is, m.Wrong())
		}
	}
	for _, letter := range []string{"n", "N", "/", "n/a", "N/A"} {
		m.Clear()
		test.Type(m.Entry(), letter)
		says(letter, -1, true)
		if told != -1 || m.Entry().Text != "不适用" || !m.Whole() {
			t.Errorf("%s: told %v, %q", letter, told, m.Entry().Text)
		}
	}
	test.Type(m.Entry(), "12")
	says("digits over it", 12, true)
	kittest.TapText(t, sh.Win.Content(), "不适用")
	says("pressed", -1, true)
	kittest.TapText(t, sh.Win.Content(), "不适用")
	says("pressed again", 0, false)
	sh.Focus(m.Entry())
	for _, key := range []fyne.KeyName{fyne.KeyBackspace, fyne.KeyDelete} {
		m.SetValue(-1)
		says("set", -1, true)
		kittest.Press(sh.Win, key)
		says("erased", 0, false)
		if m.Entry().Text != "" {
			t.Errorf("%s leaves %q", key, m.Entry().Text)
		}
	}
	m.SetValue(-1)
	kittest.Press(sh.Win, fyne.KeyUp)
	says("stepped", 0, true)
	m.SetValue(-1)
	m.Disable()
	kittest.TapText(t, sh.Win.Content(), "不适用")
	says("disabled", -1, true)

	plain, _ := markField(t, mark.Spec{})
	test.Type(plain.Entry(), "n")
	if _, ok := plain.Value(); ok || plain.Wrong() == "" {
		t.Error("a mark without a word takes a letter")
	}
}
