package parcel_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/media/archive"
	"fayi/judging/media/mediatest"
	"fayi/judging/parcel"
	"fayi/judging/superior"
)

var (
	aContest = judging.Contest{ID: "0123456789abcdef", Name: "甲县征集"}
	someRule = judging.Rules{Version: 3}
)

// body is what lies in a file of the parcels made here.
func body(n int) []byte { return bytes.Repeat([]byte(fmt.Sprintf("作品%d", n)), 100+n) }

// whole is a parcel of three works in two parts.
func whole() []parcel.Manifest {
	m := parcel.Manifest{
		Format: 1, ID: "00112233445566ff", Edition: 1, Parts: 2, Contest: parcel.Key(aContest), ContestName: "甲县征集",
		RulesVersion: 3, RulesHash: someRule.Hash(), Unit: "第一小学", Contact: "周", Phone: "1",
	}
	for n := 1; n <= 3; n++ {
		m.Works = append(m.Works, parcel.Work{
			Row: n, Title: fmt.Sprint("作品", n), Category: "书法", Authors: []string{"甲"},
			Files: []parcel.File{{
				Name: fmt.Sprintf("作品/%03d.txt", n), Was: "a.txt", Bytes: int64(len(body(n))), Sum: sumsOf(body(n))[0],
				Part: (n + 1) / 2,
			}},
		})
	}
	return []parcel.Manifest{part(m, 1), part(m, 2)}
}

func part(m parcel.Manifest, n int) parcel.Manifest { m.Part = n; return m }

// item is one file of a zip.
type item struct {
	name string
	data []byte
}

// itemsOf are the files of a part.
func itemsOf(m parcel.Manifest) []item {
	note, _ := json.Marshal(m) // texts and numbers always marshal
	out := []item{{parcel.ManifestName, note}}
	for _, w := range m.Works {
		for _, f := range w.Files {
			if f.Part == m.Part {
				out = append(out, item{f.Name, body(w.Row)})
			}
		}
	}
	return out
}

func zipOf(items []item) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, it := range items {
		w, err := z.CreateHeader(&zip.FileHeader{Name: it.name, Method: zip.Store})
		if err == nil {
			_, err = w.Write(it.data)
		}
		if err != nil {
			panic(err) // it writes to memory
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// readAll reads zips as an import does.
func readAll(t testing.TB, zips ...[]byte) ([]parcel.Parcel, []judging.Problem, error) {
	t.Helper()
	dir := t.TempDir()
	var in parcel.Inbox
	for i, data := range zips {
		path := filepath.Join(dir, fmt.Sprintf("包%d.zip", i+1))
		mediatest.Must(t, os.WriteFile(path, data, 0o600))
		tree, err := archive.Open(t.Context(), path, archive.Usual)
		if err != nil {
			return nil, nil, err
		}
		t.Cleanup(func() { tree.Close() })
		if _, err := in.Take(t.Context(), filepath.Base(path), tree.Entries); err != nil {
			return nil, nil, err
		}
	}
	return in.Parcels(t.Context(), aContest, someRule, nil)
}

func TestAParcelOfTwoPartsIsRead(t *testing.T) {
	m := whole()
	two, one := zipOf(itemsOf(m[1])), zipOf(itemsOf(m[0]))
	for _, zips := range [][][]byte{{one, two}, {two, one}, {one, two, one}} {
		got, told, err := readAll(t, zips...)
		if err != nil || len(got) != 1 || len(got[0].Works) != 3 || len(got[0].Files) != 3 {
			t.Fatalf("%+v, %v", got, err)
		}
		if want := len(zips) - 2; len(told) != want || want == 1 && told[0].Text != "parcel.part_again" {
			t.Errorf("said of %d zips: %+v", len(zips), told)
		}
	}
}

// TestWhatIsNotWholeIsRefusedByName changes one thing of a parcel at a time.
func TestWhatIsNotWholeIsRefusedByName(t *testing.T) {
	altered := func(change func(m *parcel.Manifest)) [][]byte {
		var out [][]byte
		for _, m := range whole() {
			change(&m)
			out = append(out, zipOf(itemsOf(m)))
		}
		return out
	}
	packed := func(change func(list []item) []item) [][]byte {
		m := whole()
		return [][]byte{zipOf(change(itemsOf(m[0]))), zipOf(itemsOf(m[1]))}
	}
	called := func(work int, name string) [][]byte {
		return altered(func(m *parcel.Manifest) { m.Works[work].Files[0].Name = name })
	}
	both := altered(func(*parcel.Manifest) {})
	flipped := bytes.Clone(both[0])
	at := bytes.Index(flipped, body(1))
	flipped[at+5] ^= 1
	cases := []struct {
		what string
		zips [][]byte
		want string
	}{
		{"one part of two", both[:1], "parcel.part_missing"},
		{"cut off", [][]byte{both[0][:len(both[0])-30], both[1]}, ""},
		{"a bit of a file", [][]byte{flipped, both[1]}, "parcel.damaged"},
		{"another file under its name", packed(func(l []item) []item {
			l[1].data = bytes.Repeat([]byte{1}, len(l[1].data))
			return l
		}), "parcel.altered"},
		{"a longer file", packed(func(l []item) []item {
			l[1].data = append(l[1].data, 1)
			return l
		}), "parcel.altered"},
		{"a file taken out", packed(func(l []item) []item { return l[:1] }), "parcel.file_missing"},
		{"a file twice", packed(func(l []item) []item { return append(l, l[1]) }), "parcel.twice"},
		{"another contest", altered(func(m *parcel.Manifest) { m.Contest = "ffff" }), "parcel.foreign"},
		{"a newer form", altered(func(m *parcel.Manifest) { m.Format = 2 }), "parcel.newer"},
		{"no identity", altered(func(m *parcel.Manifest) { m.ID = "x" }), "parcel.unreadable"},
		{"a part beyond the last", altered(func(m *parcel.Manifest) { m.Part += 2 }), "parcel.unreadable"},
		{"a name that climbs", called(0, "../a"), "parcel.unreadable"},
		{"a name of the root", called(0, "/a"), "parcel.unreadable"},
		{"a row twice", altered(func(m *parcel.Manifest) { m.Works[0].Row = 2 }), "parcel.row_twice"},
		{"a name twice", called(2, "作品/001.TXT"), "parcel.twice"},
		{"no list", packed(func(l []item) []item { l[0].data = l[0].data[:50]; return l }), "parcel.unreadable"},
		{"a text without end", altered(func(m *parcel.Manifest) { m.Works[0].Title = strings.Repeat("长", 40000) }),
			"parcel.unreadable"},
	}
	other := whole()
	other[1].Works = append([]parcel.Work{}, other[1].Works...)
	other[1].Works[0].Title = "改了"
	cases = append(cases, struct {
		what string
		zips [][]byte
		want string
	}{"parts of two packings", [][]byte{zipOf(itemsOf(other[0])), zipOf(itemsOf(other[1]))}, "parcel.differ"})
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) {
			got, _, err := readAll(t, c.zips...)
			known, ok := err.(*judging.Error)
			if c.want == "" && len(got) == 0 && (err != nil || len(got) == 0) {
				return // the archive itself is refused, or its part is missing
			}
			if !ok || known.Text != c.want || known.Args["File"] == "" || len(got) > 0 {
				t.Errorf("%+v, %v; want %s", got, err, c.want)
			}
		})
	}
}

func TestTheLastEditionCounts(t *testing.T) {
	old := whole()
	now := whole()
	for i := range now {
		now[i].Edition = 2
		now[i].Works = append([]parcel.Work{}, now[i].Works...)
		now[i].Works[0].Title = "新"
	}
	got, told, err := readAll(t, zipOf(itemsOf(now[0])), zipOf(itemsOf(old[0])), zipOf(itemsOf(now[1])))
	if err != nil || len(got) != 1 || got[0].Works[0].Title != "新" {
		t.Fatalf("%+v, %v", got, err)
	}
	if len(told) != 1 || told[0].Text != "parcel.older" {
		t.Errorf("%+v", told)
	}
}

func TestOtherRulesAreSaid(t *testing.T) {
	m := whole()
	for i := range m {
		m[i].RulesHash = "0000"
	}
	_, told, err := readAll(t, zipOf(itemsOf(m[0])), zipOf(itemsOf(m[1])))
	if err != nil || len(told) != 1 || told[0].Text != "parcel.other_rules" {
		t.Errorf("%+v, %v", told, err)
	}
}

// TestFilesNextToAParcelStay: what a manifest does not name goes the way of all files.
func TestFilesNextToAParcelStay(t *testing.T) {
	dir := t.TempDir()
	data := zipOf(append(itemsOf(whole()[0]), item{"说明.txt", []byte("另附说明")}))
	mediatest.Must(t, os.WriteFile(filepath.Join(dir, "a.zip"), data, 0o600))
	mediatest.Must(t, os.WriteFile(filepath.Join(dir, "b.txt"), []byte("在旁边"), 0o600))
	tree, err := archive.Open(t.Context(), dir, archive.Usual)
	mediatest.Must(t, err)
	defer tree.Close()
	var in parcel.Inbox
	rest, err := in.Take(t.Context(), "来稿", tree.Entries)
	mediatest.Must(t, err)
	var names []string
	for _, e := range rest {
		names = append(names, e.Path)
	}
	if strings.Join(names, " ") != "a.zip/说明.txt b.txt" || in.Empty() {
		t.Errorf("left %v", names)
	}
}

// FuzzParcel: whatever comes, what is taken agrees with its sums, and nothing panics.
func FuzzParcel(f *testing.F) {
	for _, m := range whole() {
		f.Add(zipOf(itemsOf(m)))
	}
	m := whole()[0]
	m.Parts = 1
	for i := range m.Works {
		m.Works[i].Files[0].Part = 1
	}
	one := zipOf(itemsOf(m))
	f.Add(one)
	f.Add(one[:len(one)/2])
	f.Fuzz(func(t *testing.T, data []byte) {
		got, _, err := readAll(t, data)
		for _, p := range got {
			if err != nil {
				t.Fatal("a parcel and an error")
			}
			for _, w := range p.Works {
				p.Form(w, p.Label)
				for _, file := range w.Files {
					r, err := p.Files[file.Name].Open()
					mediatest.Must(t, err)
					var b bytes.Buffer
					_, err = b.ReadFrom(r)
					mediatest.Must(t, err)
					if sumsOf(b.Bytes())[0] != file.Sum {
						t.Fatal("another sum")
					}
				}
			}
		}
	})
}

func TestThePageIsLightAndHoldsNothingElse(t *testing.T) {
	c := aContest
	c.Key = []byte("geheim-geheim-16")
	rules := judging.Rules{Version: 1, Categories: []judging.Category{{Name: "书法</script><script>alert(1)"}}}
	page, err := parcel.Page(c, rules, parcel.Request{Unit: "第一小学", Deadline: "</script>"})
	mediatest.Must(t, err)
	if len(page) > 150_000 {
		t.Errorf("the page has %d bytes, at most 150000", len(page))
	}
	again, err := parcel.Page(c, rules, parcel.Request{Unit: "第一小学", Deadline: "</script>"})
	if err != nil || !bytes.Equal(page, again) {
		t.Error("made again, the page is another one")
	}
	for _, secret := range []string{string(c.ID), "geheim", "Z2VoZWlt", "PAGE_", "http://", "https://"} {
		text := strings.ReplaceAll(string(page), "http://www.w3.org/", "") // names of namespaces, never asked for
		if strings.Contains(text, secret) {
			i := strings.Index(text, secret)
			t.Errorf("the page holds %s: %s", secret, text[max(0, i-40):min(len(text), i+60)])
		}
	}
	if n := bytes.Count(page, []byte("</script>")); n != 2 {
		t.Errorf("%d scripts end, want 2", n)
	}
	for _, naming := range []string{"奖项-作者", "没有词", "作者-联系电话", "编号"} {
		_, err := parcel.Page(c, rules, parcel.Request{Naming: superior.Naming(naming)})
		if judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s is taken: %v", naming, err)
		}
	}
}
