package main

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"time"

	"fayi/app"
	"fayi/app/organizer/page"
	"fayi/internal/machine"
	"fayi/judging/office"
	"fayi/judging/sealing"
	"fayi/judging/store/archive"
)

// files is how the window makes, opens and restores contests.
func files() app.Files {
	door := &sealing.Door{Config: config, Serves: true}
	return app.Files{
		Blank: func(dir string) (office.Config, error) { return door.Blank(context.Background(), dir, "") },
		Open: func(ctx context.Context, dir string) (*office.Office, error) {
			return door.Open(ctx, dir, door.Known(nil))
		},
		Now: time.Now,
		Computer: page.Computer{
			Called: func() string { return machine.Name(machine.Folder()) },
			Call:   func(name string) error { return machine.Keep(machine.Folder(), name) },
		},
		Peek: func(ctx context.Context, path string) (office.Peek, error) { return door.Peek(ctx, path, nil) },
		Restore: func(ctx context.Context, dir, path string) error {
			kept := "before-restore-" + time.Now().UTC().Format("20060102-150405") + "-000.db"
			_, err := door.Restore(ctx, dir, path, kept, nil)
			return err
		},
		Whole: func(ctx context.Context, path, typed string) (office.Peek, error) {
			if typed == "" {
				return door.Whole(ctx, path, nil)
			}
			return door.Whole(ctx, path, door.Typed(typed))
		},
		Unarchive: func(
			ctx context.Context, path, dir, phrase string, progress archive.Progress,
		) (archive.Report, error) {
			return door.Unarchive(ctx, path, dir, phrase, progress)
		},
		Door: door,
	}
}

func config(dir string) office.Config {
	cache, _ := os.UserCacheDir() // "" without a home
	c := office.Config{Dir: dir, Now: time.Now, Random: rand.Reader, Actor: "organiser", Cache: cache,
		Station: machine.Station("window", machine.Name(machine.Folder()))}
	if own, err := os.UserConfigDir(); err == nil {
		c.TriesDir = filepath.Join(own, "fayi", "tries") // the command line counts there, too
	}
	return c
}
