package archive_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/archive"
	"fayi/judging/store/bolt"
)

const phrase = "绿水青山 1949"

// made is a contest's folder with a record, some files, and the sums of these.
func made(t *testing.T, sizes ...int) (archive.Source, []string) {
	t.Helper()
	db, blobs, err := bolt.Create(filepath.Join(t.TempDir(), "2020.fayi"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { blobs.Close(); db.Close() })
	if err := db.Update(t.Context(), func(tx store.Tx) error {
		return tx.Put([]byte("work/1"), []byte("张小明"))
	}); err != nil {
		t.Fatal(err)
	}
	var sums []string
	chance := rand.New(rand.NewPCG(1, 2))
	for _, size := range sizes {
		data := make([]byte, size)
		for i := range data {
			data[i] = byte(chance.Uint32())
		}
		b, err := blobs.Put(t.Context(), bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		sums = append(sums, b.Sum)
	}
	return archive.Source{DB: db, Blobs: blobs}, sums
}

func written(t *testing.T, src archive.Source, phrase string) ([]byte, archive.Report) {
	t.Helper()
	var out bytes.Buffer
	head := archive.Head{Contest: "法治文化作品征集", Mark: "3-0123abcd", Made: time.Unix(1_600_000_000, 0)}
	r, err := archive.Write(t.Context(), &out, src, head, phrase, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), r
}

func restored(t *testing.T, data []byte, phrase string) (string, archive.Report, error) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "again.fayi")
	r, err := archive.Read(t.Context(), bytes.NewReader(data), dir, phrase, nil)
	return dir, r, err
}

// whole fails unless dir is a contest that holds what made puts in.
func whole(t *testing.T, dir string, sums []string) {
	t.Helper()
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	defer blobs.Close()
	if err := db.View(t.Context(), func(tx store.Tx) error {
		name, err := tx.Get([]byte("work/1"))
		if string(name) != "张小明" {
			t.Errorf("the record says %q", name)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
	for _, sum := range sums {
		if err := blobs.Check(t.Context(), sum); err != nil {
			t.Error(err)
		}
	}
}

func TestAContestComesBackWholeFromAnArchive(t *testing.T) {
	for _, phrase := range []string{"", phrase} {
		src, sums := made(t, 0, 1, 511, 512, 513, 300_000)
		data, wrote := written(t, src, phrase)
		if wrote.Files != 6 || wrote.Bytes != 301_537 || wrote.Sealed != (phrase != "") {
			t.Errorf("written: %+v", wrote)
		}
		dir, read, err := restored(t, data, phrase)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(read) != fmt.Sprint(wrote) {
			t.Errorf("written %+v, read %+v", wrote, read)
		}
		whole(t, dir, sums)
	}
}

func TestAnArchiveIsReadByOtherPrograms(t *testing.T) {
	src, sums := made(t, 1000)
	plain, _ := written(t, src, "")
	cmd := exec.Command("tar", "-t")
	cmd.Stdin = bytes.NewReader(plain)
	out, err := cmd.Output()
	if want := "head.json\ncontest.db\nmedia/" + sums[0][:2] + "/" + sums[0] + "\nend.json\n"; err != nil ||
		string(out) != want {
		t.Errorf("tar lists %q, %v", out, err)
	}
}

func TestSealedNothingCanBeRead(t *testing.T) {
	src, sums := made(t, 1000)
	data, _ := written(t, src, phrase)
	for _, word := range []string{"张小明", "法治", "contest", sums[0], "0123abcd"} {
		if bytes.Contains(data, []byte(word)) {
			t.Errorf("%q stands in it", word)
		}
	}
	tests := map[string]string{"": "archive.sealed", "绿水青山 1948": "archive.wrong_phrase"}
	for phrase, text := range tests {
		dir, _, err := restored(t, data, phrase)
		if !errors.Is(err, judging.Fail(judging.Forbidden, text, nil)) {
			t.Errorf("with %q: %v", phrase, err)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Error("a folder was made")
		}
	}
	short, err := archive.Write(t.Context(), io.Discard, src, archive.Head{}, "1234567", t.TempDir(), nil)
	if !errors.Is(err, judging.Fail(judging.Invalid, "archive.short_phrase", nil)) {
		t.Errorf("%+v %v", short, err)
	}
}

func TestNoAlteredByteGoesUnseen(t *testing.T) {
	for _, phrase := range []string{"", phrase} {
		src, sums := made(t, 700, 90_000)
		data, _ := written(t, src, phrase)
		chance := rand.New(rand.NewPCG(3, 4))
		silent := 0
		for range 400 {
			bad := bytes.Clone(data)
			bad[chance.IntN(len(bad))] ^= 1 << chance.IntN(8)
			dir, _, err := restored(t, bad, phrase)
			if err == nil {
				whole(t, dir, sums) // a bit that says nothing, as the time of a file
				silent++
			}
		}
		if phrase != "" && silent > 0 {
			t.Errorf("%d changes of what is sealed were passed over", silent)
		}
		// The last 1,024 bytes of a tar are empty.
		for _, n := range []int{0, 1, 300, 600, 2000, len(data) / 2, len(data) - 1600} {
			if dir, _, err := restored(t, data[:n], phrase); err == nil {
				whole(t, dir, sums)
				t.Errorf("cut to %d of %d bytes it was taken", n, len(data))
			}
		}
		if _, _, err := restored(t, append(bytes.Clone(data), 'x'), phrase); judging.CodeOf(err) != judging.Corrupt {
			t.Errorf("with a byte more: %v", err)
		}
	}
}

func TestDamagedFilesAreNamedAndLeftOut(t *testing.T) {
	src, sums := made(t, 1000, 2000)
	path := filepath.Join(filepath.Dir(src.DB.(*bolt.DB).Path()), "media", sums[0][:2], sums[0])
	if err := os.WriteFile(path, bytes.Repeat([]byte("x"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	data, wrote := written(t, src, "")
	dir, read, err := restored(t, data, "")
	if err != nil || read.Files != 1 || !slices.Equal(wrote.Damaged, sums[:1]) ||
		!slices.Equal(read.Damaged, sums[:1]) {
		t.Errorf("written %+v, read %+v, %v", wrote, read, err)
	}
	whole(t, dir, sums[1:])
}

func TestWhatDoesNotBelongIsRefused(t *testing.T) {
	const head = `{"format":1}`
	type file struct{ name, content string }
	sum := strings.Repeat("ab", 32)
	tests := map[string]struct {
		files []file
		code  judging.Code
	}{
		"nothing":         {nil, judging.Invalid},
		"another tar":     {[]file{{"readme", "x"}}, judging.Invalid},
		"no format":       {[]file{{"head.json", "{}"}}, judging.Invalid},
		"later format":    {[]file{{"head.json", `{"format":2}`}}, judging.Invalid},
		"path upwards":    {[]file{{"head.json", head}, {"media/../../x", "x"}}, judging.Corrupt},
		"absolute path":   {[]file{{"head.json", head}, {"/etc/x", "x"}}, judging.Corrupt},
		"wrong content":   {[]file{{"head.json", head}, {"media/ab/" + sum, "x"}}, judging.Corrupt},
		"no database":     {[]file{{"head.json", head}, {"end.json", `{"database":"x"}`}}, judging.Corrupt},
		"two databases":   {[]file{{"head.json", head}, {"contest.db", "x"}, {"contest.db", "x"}}, judging.Corrupt},
		"missing file":    {[]file{{"head.json", head}, {"end.json", `{"files":1}`}}, judging.Corrupt},
		"broken end":      {[]file{{"head.json", head}, {"end.json", `{`}}, judging.Corrupt},
		"more at the end": {[]file{{"head.json", head}, {"end.json", `{}`}, {"x", "x"}}, judging.Corrupt},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			w := tar.NewWriter(&out)
			for _, f := range test.files {
				err := w.WriteHeader(&tar.Header{Name: f.name, Size: int64(len(f.content)), Mode: 0o600})
				if err != nil {
					t.Fatal(err)
				}
				if _, err := io.WriteString(w, f.content); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			dir, _, err := restored(t, out.Bytes(), "")
			if judging.CodeOf(err) != test.code {
				t.Errorf("it says %v", err)
			}
			if _, err := os.Stat(dir); err == nil {
				t.Error("a folder was made")
			}
		})
	}
}

func TestAFolderThatIsTakenStays(t *testing.T) {
	src, _ := made(t, 10)
	data, _ := written(t, src, "")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Read(t.Context(), bytes.NewReader(data), dir, "", nil); judging.CodeOf(err) != judging.Clash {
		t.Errorf("it says %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "mine")); err != nil {
		t.Error(err)
	}
}

func TestWhatWasInterruptedGoesOn(t *testing.T) {
	src, sums := made(t, 1000, 2000, 3000)
	data, _ := written(t, src, "")
	dir := filepath.Join(t.TempDir(), "again.fayi")
	ctx, cancel := context.WithCancel(t.Context())
	half := io.MultiReader(bytes.NewReader(data[:len(data)-5000]), ender(cancel))
	if _, err := archive.Read(ctx, half, dir, "", nil); !errors.Is(err, context.Canceled) {
		t.Fatalf("it says %v", err)
	}
	refused := errors.New("not this one")
	if _, err := archive.Read(t.Context(), bytes.NewReader(data), dir, "", func(string) error {
		return refused
	}); !errors.Is(err, refused) {
		t.Errorf("it says %v", err)
	}
	if _, err := archive.Read(t.Context(), bytes.NewReader(data), dir, "", nil); err != nil {
		t.Fatal(err)
	}
	whole(t, dir, sums)
	if _, err := os.Stat(dir + ".unarchive"); err == nil {
		t.Error("the folder of the work is still there")
	}
}

// ender cancels when it is read.
type ender context.CancelFunc

func (e ender) Read([]byte) (int, error) {
	e()
	return 0, io.ErrNoProgress
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{"", "head.json", "age-encryption.org/v1\n-> scrypt AAAA 30\n"} {
		f.Add([]byte(text))
	}
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for name, text := range map[string]string{"head.json": `{"format":1}`, "contest.db": "x", "end.json": "{}"} {
		if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(text))}); err != nil {
			f.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			f.Fatal(err)
		}
	}
	w.Close()
	f.Add(out.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := filepath.Join(t.TempDir(), "x.fayi")
		_, err := archive.Read(t.Context(), bytes.NewReader(data), dir, "", nil)
		if _, made := os.Stat(dir); (made == nil) != (err == nil) {
			t.Errorf("%v, but the folder: %v", err, made)
		}
	})
}
