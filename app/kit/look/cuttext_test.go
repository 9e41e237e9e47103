package look_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
)

func TestCutTextFollowsItsRoom(t *testing.T) {
	kittest.New(t)
	c := look.NewCutText("法治文化作品征集评选", look.Body, look.Plain)
	c.Resize(fyne.NewSize(300, 20))
	if got := kittest.Texts(c)[0]; got != c.Text() {
		t.Errorf("cut to %q with room enough", got)
	}
	c.Resize(fyne.NewSize(71, 20))
	if got := kittest.Texts(c)[0]; got != "法治文化…" {
		t.Errorf("cut to %q", got)
	}
	if m := c.MinSize(); m.Width != 4*14 {
		t.Errorf("asks for %v", m.Width)
	}
}

// What is kept of a line must not outlive its words, its size and its weight.
func TestCutTextIsMeasuredAnewWhenItChanges(t *testing.T) {
	kittest.New(t)
	c := look.NewCutText("法治", look.Body, look.Plain)
	for name, change := range map[string]func(){
		"words":  func() { c.Set("法治文化作品", look.Plain) },
		"fewer":  func() { c.Full = "法" },
		"size":   func() { c.Line.TextSize = 30 },
		"least":  func() { c.Least = 1 },
		"weight": func() { c.Line.TextStyle.Bold = true },
	} {
		c.MinSize()
		change()
		fresh := look.NewCutText(c.Full, look.Body, look.Plain)
		fresh.Least, fresh.Line.TextSize, fresh.Line.TextStyle = c.Least, c.Line.TextSize, c.Line.TextStyle
		if got, want := c.MinSize(), fresh.MinSize(); got != want {
			t.Errorf("%s: asks for %v, a new one for %v", name, got, want)
		}
	}
}

func TestCutTextIsNotMeasuredAgainWhileItIsTheSame(t *testing.T) {
	kittest.New(t)
	c := look.NewCutText("法治文化作品征集评选", look.Body, look.Plain)
	c.MinSize()
	if n := testing.AllocsPerRun(100, func() { c.MinSize() }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
