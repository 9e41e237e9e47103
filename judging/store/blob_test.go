package store_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"fayi/judging"
	"fayi/judging/store"
)

const (
	helloSum  = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" // of "hello", by sha256sum
	absentSum = "0000000000000000000000000000000000000000000000000000000000000000"
)

func openBlobs(t *testing.T) (blobs *store.Blobs, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "media")
	blobs, err := store.OpenBlobs(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := blobs.Close(); err != nil {
			t.Error(err)
		}
	})
	return blobs, dir
}

func putBlob(t *testing.T, blobs *store.Blobs, content string) store.Blob {
	t.Helper()
	blob, err := blobs.Put(t.Context(), strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return blob
}

// files lists all files below dir.
func files(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			all = append(all, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func expectCode(t *testing.T, want judging.Code, err error) {
	t.Helper()
	if got := judging.CodeOf(err); got != want {
		t.Errorf("got code %q (%v), want %q", got, err, want)
	}
}

func TestBlobIsStoredOnceUnderItsHash(t *testing.T) {
	blobs, dir := openBlobs(t)
	for range 2 {
		if got := putBlob(t, blobs, "hello"); got != (store.Blob{Sum: helloSum, Size: 5}) {
			t.Errorf("got %+v", got)
		}
	}
	same(t, files(t, dir), "2c/"+helloSum)
	if !blobs.Has(helloSum) || blobs.Has(absentSum) || blobs.Has("../x") {
		t.Error("Has is wrong")
	}
	f, err := blobs.Open(helloSum)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if content, err := io.ReadAll(f); err != nil || string(content) != "hello" {
		t.Errorf("read %q, %v", content, err)
	}
	expectCode(t, "", blobs.Check(t.Context(), helloSum))
}

func TestBlobOfManyBuffersAndOfNone(t *testing.T) {
	blobs, _ := openBlobs(t)
	for _, size := range []int{0, 256<<10 - 1, 256 << 10, 3<<20 + 7} {
		content := bytes.Repeat([]byte{7}, size)
		blob, err := blobs.Put(t.Context(), iotest.HalfReader(bytes.NewReader(content)))
		if err != nil || blob.Size != int64(size) {
			t.Fatalf("%d: %+v, %v", size, blob, err)
		}
		expectCode(t, "", blobs.Check(t.Context(), blob.Sum))
	}
}

func TestFailedPutLeavesNothing(t *testing.T) {
	blobs, dir := openBlobs(t)
	own := errors.New("medium gone")
	_, err := blobs.Put(t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(own)))
	if err != own {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := blobs.Put(ctx, strings.NewReader("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	same(t, files(t, dir))
}

func TestOpeningRemovesWhatACrashLeft(t *testing.T) {
	blobs, dir := openBlobs(t)
	putBlob(t, blobs, "hello")
	if err := os.WriteFile(filepath.Join(dir, "tmp-ABC"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := store.OpenBlobs(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	same(t, files(t, dir), "2c/"+helloSum)
}

// slowly gives its bytes only when it is let.
type slowly struct {
	begun, go_ chan struct{}
	left       int
}

func (s *slowly) Read(p []byte) (int, error) {
	switch s.left--; s.left {
	case 1:
		return copy(p, "half"), nil
	case 0:
		close(s.begun)
		<-s.go_
		return copy(p, "rest"), nil
	}
	return 0, io.EOF
}

func TestOpeningLeavesWhatAnotherIsWriting(t *testing.T) {
	dir := t.TempDir()
	one, err := store.OpenBlobs(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	src := &slowly{make(chan struct{}), make(chan struct{}), 2}
	put := make(chan error)
	go func() {
		_, err := one.Put(t.Context(), src)
		put <- err
	}()
	<-src.begun
	for range 3 {
		two, err := store.OpenBlobs(dir)
		if err != nil {
			t.Fatal(err)
		}
		two.Close()
	}
	close(src.go_)
	if err := <-put; err != nil {
		t.Errorf("the file that was being written: %v", err)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "tmp-*")); len(names) != 0 {
		t.Errorf("left behind: %v", names)
	}
}

func TestSumsAreNeverPaths(t *testing.T) {
	blobs, _ := openBlobs(t)
	for _, sum := range []string{"", "ab", "../" + helloSum[3:], "2c/" + helloSum[3:], strings.ToUpper(helloSum),
		helloSum + "0", strings.Repeat(".", 64), strings.Repeat("\x00", 64)} {
		_, err := blobs.Open(sum)
		expectCode(t, judging.Invalid, err)
		expectCode(t, judging.Invalid, blobs.Check(t.Context(), sum))
		expectCode(t, judging.Invalid, blobs.Remove(sum))
	}
}

func TestAbsentBlob(t *testing.T) {
	blobs, _ := openBlobs(t)
	_, err := blobs.Open(absentSum)
	expectCode(t, judging.NotFound, err)
	expectCode(t, judging.NotFound, blobs.Check(t.Context(), absentSum))
	expectCode(t, "", blobs.Remove(absentSum))
}

func TestDamagedBlobIsCorrupt(t *testing.T) {
	blobs, dir := openBlobs(t)
	putBlob(t, blobs, "hello")
	path := filepath.Join(dir, "2c", helloSum)
	if err := os.WriteFile(path, []byte("hellO"), 0o600); err != nil {
		t.Fatal(err)
	}
	expectCode(t, judging.Corrupt, blobs.Check(t.Context(), helloSum))
	if err := os.WriteFile(path, []byte("hell"), 0o600); err != nil {
		t.Fatal(err)
	}
	putBlob(t, blobs, "hello")
	expectCode(t, "", blobs.Check(t.Context(), helloSum))
}

func TestALinkLeadsNowhereOutside(t *testing.T) {
	blobs, dir := openBlobs(t)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := errors.Join(os.WriteFile(secret, []byte("x"), 0o600), os.Mkdir(filepath.Join(dir, "00"), 0o700),
		os.Symlink(secret, filepath.Join(dir, "00", absentSum))); err != nil {
		t.Fatal(err)
	}
	_, err := blobs.Open(absentSum)
	expectCode(t, judging.Unavailable, err)
	if blobs.Has(absentSum) {
		t.Error("a link is no blob")
	}
}

func TestEachListsBlobsOnlyInOrder(t *testing.T) {
	blobs, dir := openBlobs(t)
	var want []string
	for _, content := range []string{"a", "b", "c", "hello", ""} {
		want = append(want, putBlob(t, blobs, content).Sum)
	}
	slices.Sort(want)
	for _, stray := range []string{"README", "2c/notes.txt", "2c/" + absentSum} {
		if err := os.WriteFile(filepath.Join(dir, stray), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	err := blobs.Each(func(b store.Blob) error { got = append(got, b.Sum); return nil })
	same(t, got, want...)
	expectCode(t, "", err)
	n := 0
	expectCode(t, "", blobs.Each(func(store.Blob) error { n++; return store.ErrStop }))
	if n != 1 {
		t.Errorf("stopped after %d", n)
	}
	expectCode(t, "", blobs.Remove(helloSum))
	if blobs.Has(helloSum) {
		t.Error("still there")
	}
}

func TestBlobFolderThatIsAFileIsUnavailable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "media")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := store.OpenBlobs(path)
	expectCode(t, judging.Unavailable, err)
}

func TestTheSameBlobPutByManyAtOnce(t *testing.T) {
	blobs, dir := openBlobs(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := blobs.Put(context.Background(), strings.NewReader("hello")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	same(t, files(t, dir), "2c/"+helloSum)
}

func TestWhatStandsInABlobsPlaceIsNoBlob(t *testing.T) {
	blobs, dir := openBlobs(t)
	if err := os.MkdirAll(filepath.Join(dir, "2c", helloSum), 0o700); err != nil {
		t.Fatal(err)
	}
	if blobs.Has(helloSum) || blobs.Has("..") {
		t.Error("a folder, or a path, is taken for a blob")
	}
	_, err := blobs.Open(helloSum)
	expectCode(t, judging.Unavailable, err)
	expectCode(t, judging.Unavailable, blobs.Check(t.Context(), helloSum))
	if err := blobs.Each(func(b store.Blob) error { t.Errorf("listed: %+v", b); return nil }); err != nil {
		t.Error(err)
	}
	_, err = blobs.Put(t.Context(), strings.NewReader("hello"))
	expectCode(t, judging.Unavailable, err)
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestBlobsWhoseFolderIsGoneAreUnavailable(t *testing.T) {
	blobs, dir := openBlobs(t)
	sum := putBlob(t, blobs, "hello").Sum
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	_, err := blobs.Put(t.Context(), strings.NewReader("again"))
	if err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("put into a folder that is gone: %v", err)
	}
	_, err = blobs.Open(sum)
	expectCode(t, judging.NotFound, err)
	if blobs.Has(sum) {
		t.Error("still there")
	}
}

func TestACheckStopsWhenAsked(t *testing.T) {
	blobs, _ := openBlobs(t)
	sum := putBlob(t, blobs, "hello").Sum
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := blobs.Check(ctx, sum); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestPuttingAFileAgainMendsItsDamage(t *testing.T) {
	blobs, dir := openBlobs(t)
	blob := putBlob(t, blobs, "hello")
	path := filepath.Join(dir, blob.Sum[:2], blob.Sum)
	if err := os.WriteFile(path, []byte("hallo"), 0o600); err != nil {
		t.Fatal(err)
	}
	expectCode(t, judging.Corrupt, blobs.Check(t.Context(), blob.Sum))
	putBlob(t, blobs, "hello")
	if err := blobs.Check(t.Context(), blob.Sum); err != nil {
		t.Error(err)
	}
}
