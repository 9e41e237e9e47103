package main

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"time"

	"fayi/judging/office"
	"fayi/judging/store/bolt"
)

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
	cache, _ := os.UserCacheDir() // "" without a home
	return office.Config{
		Dir: dir, Now: time.Now, Random: rand.Reader, Actor: "organiser", OpenCopy: bolt.OpenCopy, Cache: cache,
	}
}

// peek reads what a copy of a contest's database holds.
func peek(ctx context.Context, path string) (office.Peek, error) {
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		return office.Peek{}, err
	}
	p, err := office.PeekStore(ctx, db)
	return p, errors.Join(err, db.Close())
}

// restore puts a copy in the place of the database in dir.
func restore(ctx context.Context, dir, path string) error {
	_, err := bolt.Restore(ctx, dir, path, "before-restore-"+time.Now().UTC().Format("20060102-150405")+"-000.db",
		office.SameContest)
	return err
}
