package probe

import (
	"encoding/json"
	"net"
	"os"
	"time"

	"fyne.io/fyne/v2"
	// only it says what a widget is drawn with; the dummy program that it begins with is replaced by the real one
	"fyne.io/fyne/v2/test"

	"fayi/app"
	"fayi/app/kit/sight"
)

var parts = sight.Parts(func(w fyne.Widget) []fyne.CanvasObject { return test.WidgetRenderer(w).Objects() })

// server answers for one window. Its frame belongs to the UI thread.
type server struct {
	win   *app.App
	frame int
}

// Serve answers at the socket that the environment names, until the program ends; without one it does nothing.
func Serve(win *app.App) error {
	path := os.Getenv(Env)
	if path == "" {
		return nil
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	s := &server{win: win}
	rounds := fyne.NewAnimation(time.Hour, func(float32) { s.frame++ })
	rounds.RepeatCount = fyne.AnimationRepeatForever
	rounds.Start()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			s.answer(conn)
		}
	}()
	return nil
}

// answer looks whenever it is asked to, on the UI thread, until the asker leaves.
func (s *server) answer(conn net.Conn) {
	defer conn.Close()
	in, out := json.NewDecoder(conn), json.NewEncoder(conn)
	for {
		var w Wish
		if in.Decode(&w) != nil {
			return
		}
		var v View
		fyne.DoAndWait(func() {
			s.do(w)
			v = s.look()
		})
		if out.Encode(v) != nil {
			return
		}
	}
}

func (s *server) do(w Wish) {
	if w.Lang != "" && w.Lang != s.win.Lang() {
		s.win.SetLang(w.Lang)
	}
	if w.Mode != "" {
		s.win.SetMode(w.Mode)
	}
	if w.Size != "" {
		s.win.SetTextSize(w.Size)
	}
	if w.Go != nil {
		s.win.Restart(*w.Go)
	}
}

func (s *server) look() View {
	win := s.win.Window()
	c := win.Canvas()
	size := c.Size()
	return View{
		Sight:  parts.Look(win),
		Route:  s.win.Route(),
		Title:  win.Title(),
		Busy:   s.win.Busy(),
		Over:   c.Overlays().Top() != nil,
		Frame:  s.frame,
		Scale:  c.Scale(),
		Width:  size.Width,
		Height: size.Height,
		Faults: parts.Faults(win),
	}
}
