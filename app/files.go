package app

import (
	"context"
	"errors"
	"os"
	"time"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
	"fayi/judging/store/archive"
)

// Files makes and opens the folders of contests, and tells the time: the window may not know stores.
type Files struct {
	// makes the folder dir with an empty store in it; on an error nothing is left behind
	Blank func(dir string) (office.Config, error)
	Open  func(ctx context.Context, dir string) (*office.Office, error)
	Now   func() time.Time
	// Peek reads what a copy of a contest's database holds; Restore puts one in the place of the database in dir,
	// which is closed.
	Peek    func(ctx context.Context, path string) (office.Peek, error)
	Restore func(ctx context.Context, dir, path string) error
	// Whole is Peek that reads every page, by a password or code if typed is not "". Unarchive restores an archive as
	// the folder dir.
	Whole     func(ctx context.Context, path, typed string) (office.Peek, error)
	Unarchive func(
		ctx context.Context, path, dir, phrase string, progress archive.Progress,
	) (archive.Report, error)
	// Door opens sealed contests and sets what seals them; Open opens what the door has opened before.
	Door *sealing.Door
}

// create makes the folder dir with a new contest in it. On an error nothing is left behind.
func (f Files) create(ctx context.Context, dir, name, host string, rules judging.Rules) (*office.Office, error) {
	return f.fill(dir, func(cfg office.Config) (*office.Office, error) {
		return office.Create(ctx, cfg, name, host, rules)
	})
}

// fill makes the folder dir and lets make fill its store; when that fails the folder goes again.
func (f Files) fill(dir string, make func(office.Config) (*office.Office, error)) (*office.Office, error) {
	cfg, err := f.Blank(dir)
	if err != nil {
		return nil, err
	}
	o, err := make(cfg)
	if err != nil {
		return nil, errors.Join(err, cfg.Blobs.Close(), cfg.DB.Close(), os.RemoveAll(dir))
	}
	return o, nil
}
