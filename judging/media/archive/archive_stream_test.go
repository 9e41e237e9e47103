package archive

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/media/mediatest"
)

// stored is one file of a rar made by a test.
type stored struct {
	name, body string
	flags      uint16
	attr       uint32 // of Unix
	method     byte
	declared   uint32
}

// makeRar writes a rar of version 3 whose files are stored, not packed: there is no free program that writes rar.
func makeRar(main uint16, files ...stored) []byte {
	out := []byte("Rar!\x1A\x07\x00")
	out = append(out, rarBlock(0x73, main, make([]byte, 6))...)
	for _, f := range files {
		var b []byte
		size := uint32(len(f.body))
		if f.declared != 0 {
			size = f.declared
		}
		b = binary.LittleEndian.AppendUint32(b, uint32(len(f.body)))
		b = binary.LittleEndian.AppendUint32(b, size)
		b = append(b, 3) // Unix
		b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(f.body)))
		b = append(b, 0, 0, 0x21, 0x50, 29, max(f.method, 0x30))
		b = binary.LittleEndian.AppendUint16(b, uint16(len(f.name)))
		b = binary.LittleEndian.AppendUint32(b, max(f.attr, 0o100644))
		out = append(out, rarBlock(0x74, 0x8000|f.flags, append(b, f.name...))...)
		out = append(out, f.body...)
	}
	return append(out, rarBlock(0x7B, 0x4000|main, nil)...)
}

func rarBlock(kind byte, flags uint16, body []byte) []byte {
	b := []byte{kind}
	b = binary.LittleEndian.AppendUint16(b, flags)
	b = binary.LittleEndian.AppendUint16(b, uint16(7+len(body)))
	b = append(b, body...)
	return append(binary.LittleEndian.AppendUint16(nil, uint16(crc32.ChecksumIEEE(b))), b...)
}

func TestRarOpensLikeAFolder(t *testing.T) {
	inner := string(mediatest.MakeZip(t, mediatest.Item{Name: "in.txt", Body: "inner"}))
	deep := string(mediatest.MakeZip(t, mediatest.Item{Name: "in.zip", Body: inner}))
	dir := mediatest.Put(t, map[string]string{"来稿.rar": string(makeRar(0,
		stored{name: "zz.txt", body: "rest"},
		stored{name: `b\1.txt`, body: "one"},
		stored{name: gbk(t, "书法/宪法之光.txt"), body: "light"},
		stored{name: "Thumbs.db", body: "x"},
		stored{name: "../up.txt", body: "x"},
		stored{name: "a/CON.txt", body: "x"},
		stored{name: "link", body: "/etc/passwd", attr: 0o120777},
		stored{name: "locked.txt", body: "x", flags: 4},
		stored{name: "inner.zip", body: inner},
		stored{name: "deep.zip", body: deep},
	))})
	tree, err := Open(t.Context(), dir, tight)
	mediatest.Must(t, err)
	var got []string
	for _, e := range tree.Entries {
		got = append(got, e.Path+"="+contents(t, e)+"="+contents(t, e))
	}
	want := []string{
		"来稿.rar/b/1.txt=one=one", "来稿.rar/inner.zip/in.txt=inner=inner", "来稿.rar/zz.txt=rest=rest",
		"来稿.rar/书法/宪法之光.txt=light=light",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	wantSkips(t, tree, map[string]string{
		"来稿.rar/up.txt":          "media.unsafe_name",
		"来稿.rar/a/CON.txt":       "media.unsafe_name",
		"来稿.rar/link":            "media.link",
		"来稿.rar/locked.txt":      "media.encrypted",
		"来稿.rar/deep.zip/in.zip": "media.too_deep",
	})
	temp := tree.temp
	mediatest.Must(t, tree.Close())
	if _, err := os.Stat(temp); !os.IsNotExist(err) || temp == "" {
		t.Errorf("%q is left behind", temp)
	}
}

func wantSkips(t *testing.T, tree *Tree, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	for _, s := range tree.Skipped {
		got[s.Path] = s.Reason.Text
	}
	for at, text := range want {
		if got[at] != text {
			t.Errorf("%s: %q, want %q", at, got[at], text)
		}
		delete(got, at)
	}
	if len(got) > 0 {
		t.Errorf("skipped too: %v", got)
	}
}

func gbk(t testing.TB, s string) string {
	t.Helper()
	z := mediatest.MakeZip(t, mediatest.Item{Name: s, Gbk: true})
	n := binary.LittleEndian.Uint16(z[26:])
	return string(z[30 : 30+int(n)])
}

func TestSevenZipOpensLikeAFolder(t *testing.T) {
	tree, err := Open(t.Context(), filepath.Join("testdata", "solid.7z"), tight)
	mediatest.Must(t, err)
	defer tree.Close()
	var got []string
	for _, e := range tree.Entries {
		got = append(got, e.Path+"="+strings.TrimSpace(contents(t, e)))
	}
	if want := []string{"a/b.txt=inner", "empty.txt=", "zz.txt=zz", "书法/宪法之光.txt=宪法"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	wantSkips(t, tree, map[string]string{"CON.txt": "media.unsafe_name", "link": "media.link"})
	nested, err := Open(t.Context(), filepath.Join("testdata", "nested.7z"), tight)
	mediatest.Must(t, err)
	defer nested.Close()
	if len(nested.Entries) != 1 || nested.Entries[0].Path != "in.zip/a/b.txt" ||
		contents(t, nested.Entries[0]) != "inner" {
		t.Errorf("%+v", nested.Entries)
	}
}

func TestStreamedArchivesThatWontDoAreTold(t *testing.T) {
	whole := makeRar(0, stored{name: "1.txt", body: strings.Repeat("x", 4000)}, stored{name: "2.txt", body: "x"})
	damaged := bytes.Replace(whole, []byte("xxxx"), []byte("xyxx"), 1)
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		mediatest.Must(t, err)
		return data
	}
	solid := read("solid.7z")
	big := makeRar(0, stored{name: "1.txt", body: "x", declared: 1 << 30})
	many := make([]stored, 60)
	for i := range many {
		many[i].name = strings.Repeat("n", i+1)
	}
	cases := map[string]struct {
		data    []byte
		at      string
		text    string
		ends    bool
		entries int
	}{
		"locked 7z":           {read("locked.7z"), "a/zz.txt", "media.encrypted", false, 0},
		"locked names":        {read("locked-names.7z"), "a", "media.encrypted", false, 0},
		"torn 7z":             {solid[:len(solid)-40], "a", "media.bad_archive", false, 0},
		"7z of one line":      {[]byte("7z\xBC\xAF\x27\x1C"), "a", "media.bad_archive", false, 0},
		"7z bomb":             {read("bomb.7z"), "a", "media.zip_bomb", true, 0},
		"rar of one line":     {[]byte("Rar!\x1A\x07\x00"), "a", "", false, 0},
		"torn rar":            {whole[:len(whole)/2], "a/1.txt", "media.bad_archive", false, 0},
		"rar with a bad file": {damaged, "a/1.txt", "media.bad_archive", false, 1},
		"rar of volumes": {makeRar(1, stored{
			name:  "1.txt",
			body:  "x",
			flags: 2,
		}), "a", "media.volumes", false, 0},
		"rar with lying sizes": {big, "a", "media.zip_bomb", true, 0},
		"rar of many files":    {makeRar(0, many...), "a", "media.too_many_files", true, 0},
		"gzip":                 {[]byte("\x1F\x8B\x08\x00"), "a", "media.archive_unsupported", false, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			dir := mediatest.Put(t, map[string]string{"a": string(c.data)})
			tree, err := Open(t.Context(), dir, tight)
			if (err != nil) != c.ends || err != nil && judging.CodeOf(err) != judging.Invalid {
				t.Fatalf("%v", err)
			}
			defer tree.Close()
			if c.text != "" &&
				!slices.ContainsFunc(tree.Skipped, func(s Skipped) bool {
					return s.Path == c.at && s.Reason.Text == c.text
				}) ||
				len(tree.Entries) != c.entries {
				for _, s := range tree.Skipped {
					t.Errorf("skipped %s: %v", s.Path, s.Reason)
				}
				t.Errorf("entries %+v", tree.Entries)
			}
		})
	}
}

// FuzzStreamed: any bytes that begin as a rar or 7z give files within the limits or a reason, never a panic.
func FuzzStreamed(f *testing.F) {
	f.Add(makeRar(0, stored{name: "1.txt", body: "one"}, stored{name: "2.txt", body: "two"}))
	if data, err := os.ReadFile(filepath.Join("testdata", "solid.7z")); err == nil {
		f.Add(data)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		if streamOf(data, nil) == nil || os.WriteFile(filepath.Join(dir, "a"), data, 0o600) != nil {
			return
		}
		tree, err := Open(t.Context(), filepath.Join(dir, "a"), Limits{
			Entries: 50,
			Bytes:   1 << 20,
			Ratio:   100,
			Depth:   1,
		})
		if err != nil && judging.CodeOf(err) != judging.Invalid {
			t.Fatal(err)
		}
		mediatest.Must(t, tree.Close())
	})
}
