package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"fayi/app/organizer"
	"fayi/app/organizer/page"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/rules"
	"fayi/judging/prepare"
	"fayi/judging/sealing"
	"fayi/judging/store/archive"
)

// Files makes and opens the folders of contests, and tells the time: the window may not know stores.
type Files struct {
	// makes the folder dir with an empty store in it; on an error nothing is left behind
	Blank    func(dir string) (office.Config, error)
	Open     func(ctx context.Context, dir string) (*office.Office, error)
	Now      func() time.Time
	Computer page.Computer // this one
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

// create makes the folder of a new contest, by a template or a rule file. On an error nothing is left behind.
func (f Files) create(ctx context.Context, n organizer.NewContest) (*office.Office, error) {
	begin := office.Beginning{Name: n.Name, Host: n.Host, Year: n.Year}
	rules, err := readRules(n.Rules)
	if n.Rules == "" {
		var t prepare.Template
		if t, err = prepare.Find(n.Template); err == nil {
			begin.Template, rules = t.Key, t.Rules
		}
	}
	if err != nil {
		return nil, err
	}
	return f.fill(folderOf(n), func(cfg office.Config) (*office.Office, error) {
		return office.Begin(ctx, cfg, begin, rules)
	})
}

// folderOf is where a new contest is made.
func folderOf(n organizer.NewContest) string { return filepath.Join(n.Folder, page.FolderName(n.Name)) }

// readRules reads a rule file; "" gives none.
func readRules(path string) (judging.Rules, error) {
	if path == "" {
		return judging.Rules{}, nil
	}
	f, err := regular.Open(path)
	if err != nil {
		return judging.Rules{}, judging.Fail(judging.Unavailable, "rules.unreadable", nil).Because(err)
	}
	defer f.Close()
	return rules.ParseRules(f)
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
