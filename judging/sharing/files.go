package sharing

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/depot"
	"fayi/judging/store/depot/folder"
	"fayi/judging/store/depot/s3"
)

// Place is where the files of a shared contest are kept for all who share it: s3://user@host/bucket/prefix, see s3, or
// the whole path of a folder. It stands in the contest itself, so that who joins knows it.
type Place struct {
	Address string `json:"address"`
	Secret  string `json:"secret,omitempty"` // of the user of S3
}

const placeID = "files"

var places = store.NewTable("depot", 1, func(*Place) string { return placeID })

// PlaceOf reads where the files of a contest are kept; false where they are kept on each computer only.
func PlaceOf(ctx context.Context, db store.DB) (p Place, there bool, err error) {
	err = db.View(ctx, func(tx store.Tx) error {
		p, err = places.Get(tx, placeID)
		if there = err == nil; errors.Is(err, judging.ErrNotFound) {
			return nil
		}
		return err
	})
	return p, there, err
}

// Keep writes where the files are kept; at the zero place each computer keeps its own.
func (p Place) Keep(tx store.Tx) error {
	if p == (Place{}) {
		return places.Delete(tx, placeID)
	}
	return places.Put(tx, p)
}

// ForgetPlace has each computer keep its files itself.
func ForgetPlace(ctx context.Context, db store.DB) error {
	return db.Update(ctx, Place{}.Keep)
}

// Shown is the place without its secret.
func (p Place) Shown() string {
	if p.folder() {
		return p.Address
	}
	return Shown(p.Address)
}

func (p Place) folder() bool { return !strings.Contains(p.Address, "://") }

// NeedsSecret reports whether the place has a user with a secret.
func (p Place) NeedsSecret() bool { return !p.folder() }

// Dial returns the engine of a place for the contest in dir. It asks nobody yet. Errors: Invalid, "depot.address".
func (p Place) Dial(dir string) (depot.Engine, error) {
	if !p.folder() {
		return s3.Open(p.Address, p.Secret)
	}
	here, err := folderHere(dir)
	if err != nil {
		return nil, err
	}
	if here == "" {
		here = p.Address
	}
	return folder.Open(here)
}

// hereName is the file that says how this computer calls a folder that others call otherwise: Z:\files here and
// /mnt/files there.
const hereName = "depot-here"

const mostHere = 1 << 16 // bytes

func folderHere(dir string) (string, error) {
	path := filepath.Join(dir, hereName)
	raw, err := regular.ReadFile(path, mostHere)
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	return string(raw), store.Translate(path, err)
}

// CallFolder has the contest in dir find the folder of its place at at from now on, on this computer; "" where it is
// called as by the others. Errors: Invalid, "depot.address"; Unavailable.
func CallFolder(dir, at string) error {
	path := filepath.Join(dir, hereName)
	if at == "" {
		return store.Translate(path, removed(path))
	}
	if _, err := folder.Open(at); err != nil {
		return err
	}
	return store.Translate(path, atomicfile.Write(path, 0o600, func(w io.Writer) error {
		_, err := io.WriteString(w, at)
		return err
	}))
}

func removed(path string) error {
	if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// listName is the folder with the list of files that are still to be sent.
const listName = "unsent"

// nameName is the file with the name under which this computer speaks to the others in the place.
const nameName = "depot-name"

// saidName is the file for Said.
const saidName = "depot-said"

// nameHere is this computer's name among those that share the contest in dir.
func nameHere(dir string, random io.Reader) (string, error) {
	path := filepath.Join(dir, nameName)
	raw, err := regular.ReadFile(path, mostHere)
	if err == nil && len(raw) == 2*nameBytes {
		return string(raw), nil
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", store.Translate(path, err)
	}
	var id [nameBytes]byte
	if _, err := io.ReadFull(random, id[:]); err != nil {
		return "", judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	name := hex.EncodeToString(id[:])
	return name, store.Translate(path, atomicfile.Write(path, 0o600, func(w io.Writer) error {
		_, err := io.WriteString(w, name)
		return err
	}))
}

const nameBytes = 16

// Said is when, and of which place, the computer with the contest in dir said to the others last which files it needs;
// "" for never.
func Said(dir string) (place string, at time.Time) {
	path := filepath.Join(dir, saidName)
	raw, err := regular.ReadFile(path, mostHere)
	if err != nil {
		return "", at
	}
	stamp, place, _ := strings.Cut(string(raw), "\n")
	if at, err = time.Parse(time.RFC3339, stamp); err != nil {
		return "", time.Time{}
	}
	return place, at
}

// Say keeps that it was said at a place, for Said; "" forgets it. Errors: Unavailable.
func Say(dir, place string, at time.Time) error {
	path := filepath.Join(dir, saidName)
	if place == "" {
		return store.Translate(path, removed(path))
	}
	return store.Translate(path, atomicfile.Write(path, 0o600, func(w io.Writer) error {
		_, err := io.WriteString(w, at.UTC().Format(time.RFC3339)+"\n"+place)
		return err
	}))
}

// Depot lays the place behind the files of the contest in dir. ring is called when files came; refers says what the
// contest refers to. Errors: those of Dial and depot.Open.
func (p Place) Depot(
	dir string, key []byte, blobs *store.Blobs, random io.Reader, refers func(context.Context) (depot.Sums, error),
	ring func(),
) (*depot.Depot, error) {
	e, err := p.Dial(dir)
	if err != nil {
		return nil, err
	}
	name, err := nameHere(dir, random)
	if err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return depot.Open(depot.Options{
		Engine: e, Key: key, Blobs: blobs, List: filepath.Join(dir, listName), Name: name, Ring: ring, Refers: refers,
	})
}

// forgetDepot removes what a depot left in dir.
func forgetDepot(dir string) error {
	path := filepath.Join(dir, listName)
	name := filepath.Join(dir, nameName)
	return errors.Join(CallFolder(dir, ""), Say(dir, "", time.Time{}), store.Translate(name, removed(name)),
		store.Translate(path, os.RemoveAll(path)))
}
