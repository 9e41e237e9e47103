package app

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/chart"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
)

// screens are what a title bar and an unfolded menu leave of 1280×720, 1366×768 and 1920×1080.
var screens = []fyne.Size{{Width: 1280, Height: 656}, {Width: 1366, Height: 704}, {Width: 1920, Height: 1016}}

// The fewest rows of a table and lines of an editor that can be seen at once, and how large a matrix is.
const (
	leastRows   = 5
	leastLines  = 3
	leastMatrix = 200
)

// TestEveryTableHasRoom opens every page that has a table, an editor or a matrix in the smallest and the largest type,
// in both languages and in windows of three sizes, and measures how many rows can be seen at once. The middle type, and
// the smallest in English, lie between what is measured: they are seen only with FAYI_SHOTS, a folder for pictures. The
// short form measures where room is shortest: the largest type in Chinese.
func TestEveryTableHasRoom(t *testing.T) {
	s := sit(t, Inline{})
	o := s.whole(t)
	roomy := slices.Clone(routes)
	for _, tab := range []string{page.RuleCategories, page.RuleGroups, page.RuleRubrics, page.RuleAwards} {
		roomy = append(roomy, kit.Route{Kind: page.EditRules, Tab: tab})
	}
	for _, size := range []look.TextSize{look.Normal, look.Large, look.Huge} {
		for _, lang := range []string{"zh-Hans", "en"} {
			if size != look.Huge && (size == look.Large || lang == "en") && os.Getenv("FAYI_SHOTS") == "" {
				continue
			}
			if testing.Short() && (size != look.Huge || lang == "en") {
				continue
			}
			s.app.win.Resize(screens[0])
			s.app.SetTextSize(size)
			s.app.SetLang(lang)
			roomy = slices.DeleteFunc(roomy, func(r kit.Route) bool {
				if r.Kind == page.Desk || r.Kind == lostKind || r.Kind == archiveKind {
					return true // measured by the desk's own tests; without tables
				}
				s.app.Restart(filled(t, o, r))
				found := false
				for i, screen := range screens {
					if testing.Short() && i > 0 {
						break // the smallest has least room
					}
					s.app.win.Resize(screen.AddWidthHeight(2, 2)) // laid out again, as in the next frame of a window
					s.app.win.Resize(screen)
					shot := fmt.Sprintf("room-%s-%s-%s-%.0f", name(r), size, lang, screen.Width)
					if os.Getenv("FAYI_SHOTS") != "" {
						kittest.Shot(t, s.app.win, strings.ReplaceAll(shot, "/", "_"))
					}
					found = roomIn(t, shot, s.app.win) || found
				}
				s.guard.end()
				return !found && r.Kind != page.Works
			})
		}
	}
	if len(roomy) < 25 {
		t.Errorf("only %d pages have tables", len(roomy))
	}
}

// roomIn measures the tables, editors and matrices of the window and reports whether there are any.
func roomIn(t *testing.T, shot string, win fyne.Window) (found bool) {
	t.Helper()
	views := viewports(win)
	kittest.Walk(win.Content(), func(o fyne.CanvasObject, at fyne.Position) bool {
		view := win.Canvas().Size().Height
		if v, ok := views[o]; ok {
			view = min(view, v)
		}
		switch kind := fmt.Sprintf("%T", o); {
		case strings.HasSuffix(kind, ".tableList"):
			rows := min(o.Size().Height, view) / look.RowHeight()
			seen := (min(at.Y+o.Size().Height, win.Canvas().Size().Height) - at.Y) / look.RowHeight()
			t.Logf("%s: a table of %.1f rows, %.1f at first", shot, rows, max(0, seen))
			if found = true; rows < leastRows {
				t.Errorf("%s: a table shows %.1f rows", shot, rows)
			}
		case kind == "*field.Lines":
			lines := o.(*field.Lines)
			if n := len(lines.Notes()); n >= leastLines {
				found = true
				pitch := lines.Size().Height / float32(n+1)
				if view/pitch < leastLines+1 {
					t.Errorf("%s: an editor shows %.1f lines", shot, view/pitch-1)
				}
			}
		}
		if m, ok := o.(*chart.Matrix); ok {
			if found = true; min(m.Size().Height, m.Size().Width, view) < leastMatrix {
				t.Errorf("%s: a matrix of %v", shot, m.Size())
			}
		}
		return true
	})
	return found
}

// viewports tells for what lies in parts that scroll how high the lowest of them is.
func viewports(win fyne.Window) map[fyne.CanvasObject]float32 {
	out := map[fyne.CanvasObject]float32{}
	for _, s := range kittest.All[*container.Scroll](win.Content()) {
		if s.Direction == container.ScrollHorizontalOnly {
			continue
		}
		kittest.Walk(s.Content, func(o fyne.CanvasObject, _ fyne.Position) bool {
			if v, ok := out[o]; !ok || s.Size().Height < v {
				out[o] = s.Size().Height
			}
			return true
		})
	}
	return out
}

// TestTheCursorIsAlwaysInSight goes by Tab over every page in the largest type and looks whether one sees where one is.
func TestTheCursorIsAlwaysInSight(t *testing.T) {
	s := sit(t, Inline{})
	o := s.whole(t)
	s.app.win.Resize(screens[0])
	s.app.SetTextSize(look.Huge)
	driver := fyne.CurrentApp().Driver()
	for i, r := range routes {
		if r.Kind == page.Desk || r.Kind == helpKind || testing.Short() && i%3 != 1 {
			continue
		}
		s.app.Restart(filled(t, o, r))
		s.app.win.Resize(screens[0].AddWidthHeight(2, 2))
		s.app.win.Resize(screens[0])
		c := s.app.win.Canvas()
		for range 40 {
			c.(interface{ FocusNext() }).FocusNext()
			at, ok := c.Focused().(fyne.CanvasObject)
			if !ok || strings.HasSuffix(fmt.Sprintf("%T", at), ".tableList") {
				continue
			}
			place := driver.AbsolutePositionForObject(at)
			for _, view := range kittest.All[*container.Scroll](s.app.win.Content()) {
				if !holds(view.Content, at) || view.Direction == container.ScrollHorizontalOnly {
					continue
				}
				top := place.Y - driver.AbsolutePositionForObject(view).Y
				if top < -1 || top+min(at.Size().Height, view.Size().Height) > view.Size().Height+1 {
					t.Errorf("%s: the cursor is in %T at %.0f of %.0f", name(r), at, top, view.Size().Height)
				}
			}
		}
		s.guard.end()
	}
}

func holds(root, o fyne.CanvasObject) (found bool) {
	kittest.Walk(root, func(x fyne.CanvasObject, _ fyne.Position) bool {
		found = found || x == o
		return !found
	})
	return found
}
