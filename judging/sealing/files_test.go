package sealing_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
	"fayi/judging/sharing"
	"fayi/judging/store"
)

// opened opens a contest until the test ends.
func opened(t *testing.T, d *sealing.Door, dir string) *office.Office {
	t.Helper()
	o, err := d.Open(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

// TestWhoHasTheContestOpenLearnsOfItsFiles: the place is set on one computer while another works; what that one had
// before is sent, too. A folder that a computer calls otherwise is found by its own name, and no other is taken for it.
func TestWhoHasTheContestOpenLearnsOfItsFiles(t *testing.T) {
	d, other := newDoor(), newDoor()
	dir, _ := contest(t, d)
	invitation, err := d.Share(t.Context(), dir, lanAddress(t), "一号机", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := d.Follow(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	stop, err := f.Serve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	second := filepath.Join(t.TempDir(), "乙.fayi")
	if _, err := other.Join(t.Context(), sealing.Joining{Invitation: invitation, Dir: second}, nil); err != nil {
		t.Fatal(err)
	}
	blobs, err := store.OpenBlobs(filepath.Join(second, "media")) // put before anybody knew of a place
	if err != nil {
		t.Fatal(err)
	}
	blob, err := blobs.Put(t.Context(), strings.NewReader("一件作品"))
	if err := errors.Join(err, blobs.Close()); err != nil {
		t.Fatal(err)
	}
	opened(t, other, second)
	if _, there := other.Files(second); there {
		t.Fatal("there is a place already")
	}
	if err := errors.Join(stop(), f.DB.Close()); err != nil {
		t.Fatal(err)
	}
	place := t.TempDir()
	if err := d.KeepFiles(t.Context(), dir, sharing.Place{Address: place}, nil); err != nil {
		t.Fatal(err)
	}
	d.Serves = true
	opened(t, d, dir)
	here, there := d.Files(dir)
	if !there || here.Address != place {
		t.Fatalf("files %+v, %t", here, there)
	}
	for end := time.Now().Add(60 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		var got bytes.Buffer
		err := here.Depot.Fetch(t.Context(), blob.Sum, &got)
		if err == nil && got.String() == "一件作品" {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the file did not come: %v, %+v", err, here.Status())
		}
	}
	wantText(t, "share.not_shared", newDoor().KeepFiles(t.Context(), alone(t), sharing.Place{Address: place}, nil))
}

// alone is a contest that nobody shares.
func alone(t *testing.T) string {
	t.Helper()
	dir, _ := contest(t, newDoor())
	return dir
}

// TestAFolderThatIsCalledOtherwiseHere: it is compared before it is taken.
func TestAFolderThatIsCalledOtherwiseHere(t *testing.T) {
	d := newDoor()
	dir, _ := contest(t, d)
	if _, err := d.Share(t.Context(), dir, lanAddress(t), "一号机", nil, nil); err != nil {
		t.Fatal(err)
	}
	wantText(t, "depot.no_place", d.FindFiles(t.Context(), dir, t.TempDir(), nil))
	base := t.TempDir()
	place, moved := filepath.Join(base, "a"), filepath.Join(base, "b")
	if err := os.Mkdir(place, 0o700); err != nil {
		t.Fatal(err)
	}
	wantText(t, "depot.address", d.KeepFiles(t.Context(), dir, sharing.Place{Address: "files"}, nil))
	if err := d.KeepFiles(t.Context(), dir, sharing.Place{Address: place}, nil); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(place, moved); err != nil {
		t.Fatal(err)
	}
	wantText(t, "depot.address", d.FindFiles(t.Context(), dir, "b", nil))
	if err := d.FindFiles(t.Context(), dir, t.TempDir(), nil); judging.CodeOf(err) == "" {
		t.Error("another folder was taken for it")
	}
	if err := d.FindFiles(t.Context(), dir, moved, nil); err != nil {
		t.Fatal(err)
	}
	o := opened(t, d, dir)
	f, _ := d.Files(dir)
	if err := f.Depot.Known(t.Context()); err != nil {
		t.Error(err)
	}
	if missing, err := d.BringFiles(t.Context(), o, "", nil); err != nil || missing > 0 {
		t.Errorf("%d missing, %v", missing, err)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.KeepFiles(t.Context(), dir, sharing.Place{}, nil); err != nil {
		t.Fatal(err)
	}
	o = opened(t, d, dir)
	journal, err := o.Journal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range journal {
		if e.Verb == "contest.depot" {
			told = append(told, string(e.Before)+string(e.After))
		}
	}
	want := []string{`{"at":""}{"at":` + strconv.Quote(place) + `}`, `{"at":` + strconv.Quote(place) + `}{"at":""}`}
	if !slices.Equal(told, want) {
		t.Errorf("the journal tells %q, want %q", told, want)
	}
	_, err = d.BringFiles(t.Context(), o, "", nil)
	wantText(t, "depot.no_place", err)
	if _, there := d.Files(dir); there {
		t.Error("the place is still there")
	}
}

// TestNobodyLeavesWithoutTheFiles: a computer that leaves while the place of the files is away would never get them.
func TestNobodyLeavesWithoutTheFiles(t *testing.T) {
	d := newDoor()
	dir, _ := contest(t, d)
	if _, err := d.Share(t.Context(), dir, lanAddress(t), "一号机", nil, nil); err != nil {
		t.Fatal(err)
	}
	base := t.TempDir()
	place, away := filepath.Join(base, "a"), filepath.Join(base, "b")
	if err := os.Mkdir(place, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := d.KeepFiles(t.Context(), dir, sharing.Place{Address: place}, nil); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(place, away); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Leave(t.Context(), dir, nil, nil); err == nil || !sharing.Marked(dir) {
		t.Fatalf("left without the place of the files: %v", err)
	}
	if err := os.Rename(away, place); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Leave(t.Context(), dir, nil, nil); err != nil || sharing.Marked(dir) {
		t.Fatalf("not left: %v", err)
	}
}
