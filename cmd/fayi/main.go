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
	"fayi/judging"
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
	s := app.NewSession(fa, texts, app.Files{Create: create, Open: open, Now: time.Now}, nil)
	if len(os.Args) > 1 {
		s.Open(os.Args[1])
	}
	s.Window().Show()
}

func create(ctx context.Context, dir, name, host string, rules judging.Rules) (*office.Office, error) {
	db, blobs, err := bolt.Create(dir)
	if err != nil {
		return nil, err
	}
	o, err := office.Create(ctx, office.Config{DB: db, Blobs: blobs, Dir: dir, Now: time.Now, Random: rand.Reader, Actor: "organiser"}, name, host, rules)
	if err != nil {
		return nil, errors.Join(err, blobs.Close(), db.Close(), os.RemoveAll(dir))
	}
	return o, nil
}

func open(ctx context.Context, dir string) (*office.Office, error) {
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		return nil, err
	}
	o, err := office.Open(ctx, office.Config{DB: db, Blobs: blobs, Dir: dir, Now: time.Now, Random: rand.Reader, Actor: "organiser"})
	if err != nil {
		return nil, errors.Join(err, blobs.Close(), db.Close())
	}
	return o, nil
}
