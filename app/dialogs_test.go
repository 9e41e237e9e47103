package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/seats"
)

// outside are pages whose buttons leave the program or the contest, or open it to the network.
var outside = []string{
	page.Room, page.Screen, page.Start, page.New, page.HandOver, seats.Kind, page.Desk, lostKind, archiveKind, helpKind,
}

// leastOver is how many questions, menus and choosers the pages of a whole contest open.
const leastOver = 50

// TestEveryDialogFitsAndTrapsNoKeyboard presses each button of each page over a whole contest, and each line of the
// menus that come, in both languages, in the largest type on the smallest screen and in the smallest one: what opens
// over the page is measured, and the keyboard is led around in it. The short form takes the largest type in Chinese
// and every third page.
func TestEveryDialogFitsAndTrapsNoKeyboard(t *testing.T) {
	s := sit(t, Inline{})
	o := s.whole(t)
	s.app.win.Resize(roomFor[0])
	seen := map[string]bool{}
	for _, size := range []look.TextSize{look.Huge, look.Normal} {
		for _, lang := range []string{"zh-Hans", "en"} {
			if testing.Short() && (size != look.Huge || lang != "zh-Hans") {
				continue
			}
			s.app.SetTextSize(size)
			s.app.SetLang(lang)
			for i, r := range routes {
				if testing.Short() && i%3 != 0 || slices.Contains(outside, r.Kind) {
					continue
				}
				r = filled(t, o, r)
				s.overPage(r, func(words string, top fyne.CanvasObject) {
					where := fmt.Sprintf("%s, %s, %s: %s", name(r), lang, size, words)
					seen[name(r)+words+lang] = true
					_, menu := top.(*widget.PopUpMenu)
					for _, f := range kittest.Faults(s.app.win) {
						if !menu || !strings.HasPrefix(f, "content needs") { // a menu lies in the whole window
							t.Errorf("%s: %s", where, f)
						}
					}
					if !menu {
						s.untrapped(t, where, top)
					}
				})
			}
		}
	}
	if want := leastOver; !testing.Short() && len(seen) < 2*want {
		t.Errorf("only %d were seen in two languages", len(seen))
	}
}

// overPage opens all that lies over a page and hands it to look, with the words that led there: what each button
// opens, and each line of its menu.
func (s *seated) overPage(r kit.Route, look func(words string, top fyne.CanvasObject)) {
	for i := 0; ; i++ {
		b := s.button(r, i)
		if b == nil {
			return
		}
		if b.Disabled() {
			continue
		}
		words := strings.Join(kittest.Texts(b), " ")
		test.Tap(b)
		s.lookOver(words, look)
		for line := range b.Menu {
			again := s.button(r, i)
			if again == nil || line >= len(again.Menu) {
				break
			}
			if item := again.Menu[line]; item.Action != nil && !item.Disabled {
				item.Action()
				s.lookOver(words+" / "+item.Label, look)
			}
		}
	}
}

// button opens the page, selects the first row of its first list and returns its i-th button, nil if it has fewer.
func (s *seated) button(r kit.Route, i int) *button.Button {
	s.app.Restart(r)
	s.frame()
	var row fyne.Tappable
	kittest.Walk(s.app.frame.page, func(o fyne.CanvasObject, _ fyne.Position) bool {
		if strings.HasSuffix(fmt.Sprintf("%T", o), ".tableRow") && row == nil {
			row, _ = o.(fyne.Tappable)
		}
		return row == nil
	})
	if row != nil {
		row.Tapped(&fyne.PointEvent{Position: fyne.NewPos(60, 8)})
	}
	if all := kittest.All[*button.Button](s.app.frame.page); i < len(all) {
		return all[i]
	}
	return nil
}

// frame lays all out again, as a real window does in its next frame for what finds its height from its width.
func (s *seated) frame() {
	size := s.app.win.Canvas().Size()
	for range 2 {
		s.app.win.Resize(size.AddWidthHeight(2, 2))
		s.app.win.Resize(size)
	}
}

// lookOver hands what lies over the page to look, and takes it away.
func (s *seated) lookOver(words string, look func(words string, top fyne.CanvasObject)) {
	if top := kittest.Top(s.app.win); top != nil {
		s.frame()
		look(words, top)
	}
	for top := kittest.Top(s.app.win); top != nil; top = kittest.Top(s.app.win) {
		s.app.win.Canvas().Overlays().Remove(top)
	}
}
