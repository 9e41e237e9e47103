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
