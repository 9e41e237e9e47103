// Command fayi is the desktop program. This file only wires its parts together.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"os"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"fayi/app"
	"fayi/assets"
	"fayi/assets/icons"
	"fayi/judging/office"
	"fayi/judging/store/bolt"
)

func main() {
	_ = os.Setenv("LANG", cmp.Or(os.Getenv("LANG"), "zh_CN.UTF-8")) // without one, the toolkit logs an error at every start
	texts, err := assets.Load()
	if err != nil {
		panic(err) // the program was built from broken files
	}
	fa := fyneapp.NewWithID("cn.fayi.desktop") // by this the system keeps settings and groups windows
	fa.SetIcon(fyne.NewStaticResource("fayi.png", icons.App))
	s := app.NewSession(fa, texts, app.Files{Blank: blank, Open: open, Now: time.Now}, nil)
	if len(os.Args) > 1 {
		s.Open(os.Args[1])
	}
	s.Window().Show()
}

// blank makes an empty store in a new folder.
func blank(dir string) (office.Config, error) {
	c := config(dir)
	var err error
	c.DB, c.Blobs, err = bolt.Create(dir)
	return c, err
}

func open(ctx context.Context, dir string) (*office.Office, error) {
	c := config(dir)
	var err error
	if c.DB, c.Blobs, err = bolt.OpenFolder(dir); err != nil {
		return nil, err
	}
	o, err := office.Open(ctx, c)
	if err != nil {
		return nil, errors.Join(err, c.Blobs.Close(), c.DB.Close())
	}
	return o, nil
}

func config(dir string) office.Config {
	return office.Config{Dir: dir, Now: time.Now, Random: rand.Reader, Actor: "organiser"}
}
