// Command fayi is the desktop program. This file only wires its parts together.
package main

import (
	"cmp"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"fayi/app"
	"fayi/assets"
	"fayi/assets/icons"
	"fayi/internal/atomicfile"
	"fayi/judging/worker"
)

// watch is set in programs that are built to be driven by tests.
var watch func(*app.App)

func main() {
	worker.Main()
	// without one, the toolkit logs an error at every start: https://github.com/fyne-io/fyne/issues/5271
	_ = os.Setenv("LANG", cmp.Or(os.Getenv("LANG"), "zh_CN.UTF-8"))
	startGreedily()
	texts, err := assets.Load()
	if err != nil {
		panic(err) // the program was built from broken files
	}
	fa := fyneapp.NewWithID("cn.fayi.desktop") // by this the system keeps settings and groups windows
	fa.SetIcon(fyne.NewStaticResource("window.png", icons.Window))
	s := app.NewSession(fa, texts, files(), nil)
	turnWheelByRows()
	s.Window().KeepDrafts(filepath.Join(fa.Storage().RootURI().Path(), "drafts"), time.Now())
	if len(os.Args) > 1 {
		s.Open(os.Args[1])
	}
	if watch != nil {
		watch(s.Window())
	}
	s.Window().Serve(settle, tidy)
	atomicfile.Abandon() // of work that somebody closing the window would not wait for
}
