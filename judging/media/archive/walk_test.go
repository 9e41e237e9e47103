package archive

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/media/mediatest"
	"fayi/judging/text"
)

// tight are limits small enough to be met in a test.
var tight = Limits{Entries: 50, Bytes: 256 << 20, Ratio: 100, Depth: 2}

func walkAll(t *testing.T, source string, limits Limits) (paths []string, skipped map[string]string, err error) {
	t.Helper()
	skips, err := Walk(t.Context(), source, limits, func(e Entry) error {
		paths = append(paths, e.Path)
		if e.Name != e.Path[strings.LastIndex(e.Path, "/")+1:] {
			t.Errorf("name %q of %q", e.Name, e.Path)
		}
		return nil
	})
	skipped = map[string]string{}
	for _, s := range skips {
		skipped[s.Path] = s.Reason.Text
	}
	return paths, skipped, err
}

func TestWalkFolderIsSortedAndWithoutNoise(t *testing.T) {
	inner := string(mediatest.MakeZip(t, mediatest.Item{Name: "c.txt", Body: "c"}, mediatest.Item{Name: "a.txt", Body: "a"}))
	dir := mediatest.Put(t, map[string]string{
		"书法/2.jpg": "x", "书法/1.jpg": "x", "a.txt": "x", "书法.txt": "x", "b.zip": inner,
		"__MACOSX/1.jpg": "x", "._a.txt": "x", "Thumbs.db": "x", ".DS_Store": "x", "desktop.ini": "x", "~$a.docx": "x",
	})
	paths, skipped, err := walkAll(t, dir, tight)
	mediatest.Must(t, err)
	want := []string{"a.txt", "b.zip/a.txt", "b.zip/c.txt", "书法/1.jpg", "书法/2.jpg", "书法.txt"}
	if !slices.Equal(paths, want) || len(skipped) != 0 {
		t.Errorf("got %q, skipped %v", paths, skipped)
	}
}

func TestWalkSingleFileAndMissingSource(t *testing.T) {
	dir := mediatest.Put(t, map[string]string{"表.csv": "a,b"})
	var local string
	_, err := Walk(t.Context(), filepath.Join(dir, "表.csv"), tight, func(e Entry) error {
		local = e.Local
		if got := contents(t, e); e.Path != "表.csv" || e.Size != 3 || got != "a,b" {
			t.Errorf("%+v %q", e, got)
		}
		return nil
	})
	mediatest.Must(t, err)
	if local != filepath.Join(dir, "表.csv") {
		t.Errorf("local %q", local)
	}
	if _, err := Walk(t.Context(), filepath.Join(dir, "none"), tight, nil); !errors.Is(err, judging.ErrNotFound) {
		t.Errorf("missing source: %v", err)
	}
}

func TestWalkZipNames(t *testing.T) {
	cases := []struct {
		behaviour string
		item      mediatest.Item
		path      string
		skipped   string
	}{
		{"UTF-8 with its flag", mediatest.Item{Name: "书法/联通.jpg"}, "书法/联通.jpg", ""},
		{"GBK without the flag", mediatest.Item{Name: "书法/宪法之光.jpg", Gbk: true}, "书法/宪法之光.jpg", ""},
		{"GB18030 of four bytes", mediatest.Item{Name: "㛃䶮.jpg", Gbk: true}, "㛃䶮.jpg", ""},
		{"backslash parts", mediatest.Item{Name: `书法\1.jpg`}, "书法/1.jpg", ""},
		{"dot parts stay inside", mediatest.Item{Name: "a/./b/../1.jpg"}, "a/1.jpg", ""},
		{"leaves the folder", mediatest.Item{Name: "../1.jpg"}, "1.jpg", "media.unsafe_name"},
		{"leaves the folder later", mediatest.Item{Name: "a/../../1.jpg"}, "1.jpg", "media.unsafe_name"},
		{"leaves by backslashes", mediatest.Item{Name: `..\..\1.jpg`}, "1.jpg", "media.unsafe_name"},
		{"absolute", mediatest.Item{Name: "/etc/1.jpg"}, "etc/1.jpg", "media.unsafe_name"},
		{"drive", mediatest.Item{Name: `C:\Windows\1.jpg`}, "C:/Windows/1.jpg", "media.unsafe_name"},
		{"device", mediatest.Item{Name: "a/CON.txt"}, "a/CON.txt", "media.unsafe_name"},
		{"numbered device", mediatest.Item{Name: "com¹"}, "com¹", "media.unsafe_name"},
		{"link", mediatest.Item{Name: "l", Body: "/etc/passwd", Mode: os.ModeSymlink | 0o777}, "l", "media.link"},
		{"encrypted", mediatest.Item{Name: "1.jpg", Flags: 1}, "1.jpg", "media.encrypted"},
		{"Deflate64", mediatest.Item{Name: "1.jpg", Method: 9}, "1.jpg", "media.method_unsupported"},
	}
	for _, c := range cases {
		t.Run(c.behaviour, func(t *testing.T) {
			dir := mediatest.Put(t, map[string]string{"a.zip": string(mediatest.MakeZip(t, c.item, mediatest.Item{Name: "zz.txt", Body: "rest"}))})
			paths, skipped, err := walkAll(t, filepath.Join(dir, "a.zip"), tight)
			mediatest.Must(t, err)
			if !slices.Contains(paths, "zz.txt") {
				t.Error("the rest did not go on")
			}
			if c.skipped == "" && !slices.Contains(paths, c.path) ||
				c.skipped != "" && (skipped[c.path] != c.skipped || len(paths) != 1) {
				t.Errorf("got %q, skipped %v", paths, skipped)
			}
		})
	}
}

func TestWalkArchivesInArchives(t *testing.T) {
	third := mediatest.MakeZip(t, mediatest.Item{Name: "deep.txt", Body: "x"})
	second := mediatest.MakeZip(t, mediatest.Item{Name: "in.txt", Body: "inner"}, mediatest.Item{Name: "third.zip", Body: string(third)})
	first := mediatest.MakeZip(t, mediatest.Item{
		Name:   "second.zip",
		Body:   string(second),
		Method: zip.Deflate,
	}, mediatest.Item{
		Name: "b.tar.gz",
		Body: "\x1F\x8B\x08\x00",
	})
	dir := mediatest.Put(t, map[string]string{
		"first.zip": string(first),
		"cut.zip":   string(first[:len(first)-30]),
		"x.7z":      "7z\xBC\xAF\x27\x1C",
	})
	tree, err := Open(t.Context(), dir, tight)
	mediatest.Must(t, err)
	if len(tree.Entries) != 1 || tree.Entries[0].Path != "first.zip/second.zip/in.txt" ||
		contents(t, tree.Entries[0]) != "inner" {
		t.Errorf("entries %+v", tree.Entries)
	}
	got := map[string]string{}
	for _, s := range tree.Skipped {
		got[s.Path] = s.Reason.Text
	}
	for at, want := range map[string]string{
		"cut.zip": "media.bad_archive", "first.zip/b.tar.gz": "media.archive_unsupported",
		"first.zip/second.zip/third.zip": "media.too_deep", "x.7z": "media.bad_archive",
	} {
		if got[at] != want {
			t.Errorf("%s: %q, want %q", at, got[at], want)
		}
	}
	temp := tree.temp
	mediatest.Must(t, tree.Close())
	if _, err := os.Stat(temp); !os.IsNotExist(err) || temp == "" {
		t.Errorf("%q is left behind", temp)
	}
	if _, err := tree.Entries[0].Open(); judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("open after close: %v", err)
	}
}

func TestWalkRefusesBombs(t *testing.T) {
	zeros := strings.Repeat("\x00", 80<<20)
	many := make([]mediatest.Item, 51)
	for i := range many {
		many[i] = mediatest.Item{Name: strings.Repeat("a", i+1)}
	}
	cases := map[string]struct {
		zip  []byte
		text string
	}{
		"ratio":           {mediatest.MakeZip(t, mediatest.Item{Name: "0", Body: zeros, Method: zip.Deflate}), "media.zip_bomb"},
		"declared size":   {mediatest.MakeZip(t, mediatest.Item{Name: "0", Body: "x", Declared: 1 << 40}), "media.zip_bomb"},
		"size over int64": {mediatest.MakeZip(t, mediatest.Item{Name: "0", Body: "x", Declared: 1<<64 - 1}), "media.zip_bomb"},
		"many files":      {mediatest.MakeZip(t, many...), "media.too_many_files"},
		"long directory":  {mediatest.MakeZip(t, longNames()...), "media.too_many_files"},
		"sum over several": {mediatest.MakeZip(t, mediatest.Item{
			Name:     "a",
			Declared: 200 << 20,
		}, mediatest.Item{
			Name:     "b",
			Declared: 200 << 20,
		}), "media.zip_bomb"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			dir := mediatest.Put(t, map[string]string{"0.txt": "x", "b.zip": string(c.zip)})
			paths, skipped, err := walkAll(t, dir, tight)
			if judging.CodeOf(err) != judging.Invalid || skipped["b.zip"] != c.text || len(paths) != 0 {
				t.Errorf("%v, skipped %v, visited %q", err, skipped, paths)
			}
		})
	}
}

// longNames makes few files whose directory entries are longer together than a directory may be.
func longNames() []mediatest.Item {
	out := make([]mediatest.Item, 20)
	for i := range out {
		out[i].Name = strings.Repeat("n", 60_000+i)
	}
	return out
}

func TestOpenNeverGivesMoreThanDeclared(t *testing.T) {
	lie := mediatest.MakeZip(t, mediatest.Item{Name: "lie.txt", Body: strings.Repeat("x", 1<<20), Method: zip.Deflate, Declared: 10})
	dir := mediatest.Put(t, map[string]string{"a.zip": string(lie)})
	_, err := Walk(t.Context(), dir, tight, func(e Entry) error {
		r, err := e.Open()
		mediatest.Must(t, err)
		defer r.Close()
		got, err := io.ReadAll(r)
		if len(got) > 10 || judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%d bytes, %v", len(got), err)
		}
		_, err = Spool(t.Context(), e, t.TempDir())
		return err
	})
	if judging.CodeOf(err) != judging.Invalid {
		t.Errorf("spool: %v", err)
	}
}

func TestWalkFollowsNoLinks(t *testing.T) {
	dir := mediatest.Put(t, map[string]string{"in/a.txt": "x"})
	out := mediatest.Put(t, map[string]string{"secret.txt": "x"})
	for link, to := range map[string]string{"in/link.txt": filepath.Join(out, "secret.txt"), "in/folder": out} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	if named, _, err := walkAll(t, filepath.Join(dir, "in/link.txt"), tight); err != nil ||
		!slices.Equal(named, []string{"secret.txt"}) {
		t.Errorf("a link named by the user gives %q, %v", named, err)
	}
	paths, skipped, err := walkAll(t, filepath.Join(dir, "in"), tight)
	mediatest.Must(t, err)
	if !slices.Equal(paths, []string{"a.txt"}) || skipped["link.txt"] != "media.link" ||
		skipped["folder"] != "media.link" {
		t.Errorf("%q %v", paths, skipped)
	}
}

func TestWalkKeepsOfficeDocumentsWhole(t *testing.T) {
	xlsx := mediatest.MakeZip(t, mediatest.Item{
		Name: "[Content_Types].xml",
		Body: "<Types>spreadsheetml</Types>",
	}, mediatest.Item{
		Name: "xl/workbook.xml",
		Body: "x",
	})
	outer := mediatest.MakeZip(t, mediatest.Item{Name: "来稿/表.xlsx", Gbk: true, Body: string(xlsx), Method: zip.Deflate})
	dir := mediatest.Put(t, map[string]string{"a.zip": string(outer), "b.xlsx": string(xlsx)})
	var kinds []string
	_, err := Walk(t.Context(), dir, tight, func(e Entry) error {
		kind, err := e.Kind()
		kinds = append(kinds, e.Path+" "+string(kind))
		if e.Local == "" {
			at, err := Spool(t.Context(), e, dir)
			mediatest.Must(t, err)
			copied, err := os.ReadFile(at)
			mediatest.Must(t, err)
			if string(copied) != string(xlsx) || filepath.Ext(at) != ".xlsx" {
				t.Errorf("spooled %d bytes to %s", len(copied), filepath.Base(at))
			}
		}
		return err
	})
	mediatest.Must(t, err)
	if want := []string{"a.zip/来稿/表.xlsx workbook", "b.xlsx workbook"}; !slices.Equal(kinds, want) {
		t.Errorf("%q", kinds)
	}
}

func TestWalkStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	dir := mediatest.Put(t, map[string]string{"a": "x", "b": "x"})
	n := 0
	_, err := Walk(ctx, dir, tight, func(Entry) error { n++; cancel(); return nil })
	if n != 1 || !errors.Is(err, context.Canceled) {
		t.Errorf("%d visits, %v", n, err)
	}
	if _, err := Walk(ctx, dir, tight, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
}

// FuzzWalk: whatever the bytes of an archive, no panic, no more bytes than declared, only safe paths, nothing left
// behind.
func FuzzWalk(f *testing.F) {
	f.Add(mediatest.MakeZip(f, mediatest.Item{Name: "a/b.txt", Body: "x"}, mediatest.Item{Name: "宪.txt", Gbk: true, Body: "y", Method: zip.Deflate}))
	f.Add(mediatest.MakeZip(f, mediatest.Item{Name: "in.zip", Body: string(mediatest.MakeZip(f, mediatest.Item{Name: "../x", Body: "z"}))}))
	f.Add(mediatest.MakeZip(f, mediatest.Item{Name: "lie", Body: strings.Repeat("x", 1000), Method: zip.Deflate, Declared: 3}))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		at := filepath.Join(dir, "f.zip")
		mediatest.Must(t, os.WriteFile(at, data, 0o644))
		Walk(t.Context(), at, tight, func(e Entry) error {
			if strings.HasPrefix(e.Path, "/") || slices.Contains(strings.Split(e.Path, "/"), "..") {
				t.Errorf("unsafe %q", e.Path)
			}
			if r, err := e.Open(); err == nil {
				if n, _ := io.Copy(io.Discard, r); n > e.Size {
					t.Errorf("%d bytes of %d", n, e.Size)
				}
				r.Close()
			}
			return nil
		})
	})
}

func TestWalkLeavesOutWhatIsNoFile(t *testing.T) {
	dir := mediatest.Put(t, map[string]string{"a.txt": "x"})
	l, err := net.Listen("unix", filepath.Join(dir, "socket"))
	mediatest.Must(t, err)
	defer l.Close()
	paths, skipped, err := walkAll(t, dir, tight)
	mediatest.Must(t, err)
	if !slices.Equal(paths, []string{"a.txt"}) || skipped["socket"] != "media.not_a_file" {
		t.Errorf("%q %v", paths, skipped)
	}
}

func TestWalkCountsFilesOnDisk(t *testing.T) {
	files := map[string]string{}
	for i := range tight.Entries + 1 {
		files[strings.Repeat("a", i+1)] = ""
	}
	paths, _, err := walkAll(t, mediatest.Put(t, files), tight)
	if !errors.Is(err, &judging.Error{Code: judging.Invalid, Text: "media.too_many_files"}) || len(paths) > 0 {
		t.Errorf("%v after %d visits", err, len(paths))
	}
}

func TestDecodeName(t *testing.T) {
	for raw, want := range map[string]string{
		"书法.jpg":                   "书法.jpg",
		"\xCA\xE9\xB7\xA8.jpg":     "书法.jpg",
		"\xC1\xAA\xCD\xA8.txt":     "联通.txt",
		"a\xFF.txt":                "a\uFFFD.txt",
		"\x81\x39\xEE\x39\x41.jpg": "㐀A.jpg",
	} {
		if got := text.FileName(raw); got != want {
			t.Errorf("%q gives %q, want %q", raw, got, want)
		}
	}
}

func contents(t testing.TB, e Entry) string {
	t.Helper()
	r, err := e.Open()
	mediatest.Must(t, err)
	defer r.Close()
	b, err := io.ReadAll(r)
	mediatest.Must(t, err)
	return string(b)
}
