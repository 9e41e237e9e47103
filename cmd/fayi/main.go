// Command fayi is the desktop program. This file only wires its parts together.
package main

import (
	"cmp"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"fayi/app"
	"fayi/assets"
	"fayi/assets/icons"
)

func main() {
	_ = os.Setenv("LANG", cmp.Or(os.Getenv("LANG"), "zh_CN.UTF-8")) // without one, the toolkit logs an error at every start
	debug.SetGCPercent(50)                                          // most of the memory is pictures that are soon let go of: half as much again may wait to be freed, not as much again
	texts, err := assets.Load()
	if err != nil {
		panic(err) // the program was built from broken files
	}
	fa := fyneapp.NewWithID("cn.fayi.desktop") // by this the system keeps settings and groups windows
	fa.SetIcon(fyne.NewStaticResource("fayi.png", icons.App))
	s := app.NewSession(fa, texts, app.Files{Blank: blank, Open: open, Now: time.Now, Peek: peek, Restore: restore}, nil)
	s.Window().KeepDrafts(filepath.Join(fa.Storage().RootURI().Path(), "drafts"), time.Now())
	if len(os.Args) > 1 {
		s.Open(os.Args[1])
	}
	s.Window().Show()
}
