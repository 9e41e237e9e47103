package plainjson

import (
	stdjson "encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	json "github.com/go-json-experiment/json/v1"
)

type state string

type inner struct {
	State state              `json:"state"`
	Marks map[string]float64 `json:"marks,omitempty"`
	Total float64            `json:"total"`
	Sure  int                `json:"sure,omitempty"`
	Flags []state            `json:"flags,omitempty"`
}

type version struct {
	inner
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Self *version  `json:"self,omitempty"`
}

type record struct {
	ID       string            `json:"id"`
	Versions []outer           `json:"versions"`
	More     map[string]string `json:"more,omitempty"`
	Deep     map[state][]inner `json:"deep,omitempty"`
	Bytes    []byte            `json:"bytes,omitempty"`
	Pair     [2]int            `json:"pair"`
	Small    int8              `json:"small"`
	Count    uint16            `json:"count"`
	Any      any               `json:"any,omitempty"`
	Yes      bool              `json:"yes,omitempty"`
	Untagged float64
	//lint:ignore U1000 what is not exported is passed over
	hidden int
	Out    string `json:"-"`
}

// Exported carries fields into what embeds it.
type Exported struct {
	State state              `json:"state"`
	Marks map[string]float64 `json:"marks,omitempty"`
	Total float64            `json:"total"`
}

type outer struct {
	Exported
	At time.Time `json:"at"`
	By string    `json:"by"`
}

// part has some of a record's names, so that others are stepped over.
type part struct {
	ID    string `json:"id"`
	Small int    `json:"small"`
	Yes   bool   `json:"yes"`
}

// same reports how reading by Reader differs from the decoder that knows all of JSON, "" for not at all.
func same[T any](r *Reader[T], body []byte) string {
	var want, got T
	errWant, errGot := json.Unmarshal(body, &want), r.Read(body, &got)
	switch {
	case (errWant == nil) != (errGot == nil):
		return fmt.Sprintf("%v, not %v", errGot, errWant)
	case errWant == nil && !reflect.DeepEqual(want, got):
		return fmt.Sprintf("%+v, not %+v", got, want)
	}
	return ""
}

// TestReadsWhatTheDecoderReads: whatever is written, and whatever becomes of its bytes.
func TestReadsWhatTheDecoderReads(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	whole, some := For[record](), For[part]()
	times := 20_000
	if testing.Short() {
		times = 2000
	}
	plain := 0
	for range times {
		rec := plainRecord(random)
		body, err := stdjson.Marshal(rec)
		if err != nil {
			t.Fatal(err)
		}
		var got record
		if whole.plain(body, &got) {
			plain++
		}
		for range 4 {
			for _, wrong := range []string{same(whole, body), same(some, body)} {
				if wrong != "" {
					t.Fatalf("%s\n%s", body, wrong)
				}
			}
			body = changed(random, body)
		}
	}
	if plain < times*9/10 {
		t.Errorf("%d of %d were read as plain", plain, times)
	}
}

func changed(random *rand.Rand, body []byte) []byte {
	const bytes = "{}[],:\"\\nulltruefalse0123456789.-+eE aIdD_\x00\xff\xe4\xbd\x9c"
	out := append([]byte{}, body...)
	at := random.IntN(len(out))
	switch random.IntN(4) {
	case 0:
		out[at] = bytes[random.IntN(len(bytes))]
	case 1:
		out = append(out[:at], out[at+1:]...)
	case 2:
		out = append(out[:at], append([]byte{bytes[random.IntN(len(bytes))]}, out[at:]...)...)
	case 3:
		to := at + random.IntN(len(out)-at)
		out = append(out[:to], out[at:]...) // a part of it twice
	}
	if len(out) == 0 {
		return []byte("{}")
	}
	return out
}

func plainRecord(random *rand.Rand) record {
	texts := []string{"", "作品", "scored", "a\"b\\c<&>", "\u2028", "第\n二", "🙂", "x\xffy"}
	text := func() string { return texts[random.IntN(5)] }
	number := func() float64 {
		return []float64{0, 1, 87.5, -3.25, 1e21, 1e-7, random.NormFloat64(), 99.9999}[random.IntN(8)]
	}
	r := record{ID: text(), Small: int8(random.IntN(200)), Count: uint16(random.IntN(70000)), Yes: random.IntN(2) == 0}
	r.Untagged = number()
	if random.IntN(8) == 0 {
		r.ID = texts[random.IntN(len(texts))]
	}
	for range random.IntN(3) {
		v := outer{By: text(), At: time.Unix(random.Int64N(1e10), random.Int64N(1e9)).UTC()}
		v.State, v.Total = state(text()), number()
		if random.IntN(2) == 0 {
			v.Marks = map[string]float64{"立意": number(), texts[random.IntN(3)]: number()}
		}
		r.Versions = append(r.Versions, v)
	}
	if random.IntN(3) == 0 {
		r.More = map[string]string{texts[random.IntN(3)]: text()}
		r.Deep = map[state][]inner{"a": {{State: "b", Flags: []state{"c", ""}}}, "": nil}
		r.Bytes, r.Any = []byte{1, 2}, map[string]any{"a": []any{1.5, nil, "b"}}
	}
	return r
}

func TestEdges(t *testing.T) {
	r, self := For[record](), For[version]()
	for _, body := range []string{
		``, `{}`, `null`, `{"id":null}`, `{"ID":"a"}`, `{"Id":"a","id":"b"}`, `{"id":"a","id":"b"}`, `{"id":"a"} `,
		` {"id":"a"}`, `{"id":"a"}x`, `{"id":"\u0061"}`, `{"id":"\ud800"}`, `{"i\u0064":"a"}`, `{"id":1}`,
		`{"small":127}`, `{"small":128}`, `{"small":-0}`, `{"small":1.0}`, `{"small":1e1}`, `{"small":01}`,
		`{"small":-}`,
		`{"count":-1}`, `{"count":65535}`, `{"Untagged":1e400}`, `{"untagged":2}`, `{"Untagged":-0}`, `{"Untagged":.5}`,
		`{"Untagged":123456789012345678901234567890}`, `{"Untagged":0.1e-3}`, `{"Untagged":999999999999999.9}`,
		`{"more":{"a":"b","a":"c"}}`, `{"more":null}`, `{"versions":[]}`, `{"versions":[{}]}`, `{"versions":[null]}`,
		`{"versions":[{"at":null}]}`, `{"versions":[{"at":"2026-11-30T09:12:00+08:00"}]}`, `{"versions":[{"at":"x"}]}`,
		`{"versions":[{"marks":{"a":1,"a":2}}]}`, `{"versions":[{"marks":{}}]}`, `{"versions":[{"marks":{"a":null}}]}`,
		`{"pair":[1]}`, `{"pair":[1,2,3]}`, `{"nothing":[1,{"a":nul}]}`, `{"nothing":[1,{"a":null}]}`, `{"yes":1}`,
		`{"hidden":3,"Out":"a","-":"b"}`, `{"nothing":"\x"}`, `{"nothing":"\ud800"}`, `{"a-b":1,"_id":2}`, `[]`, `"a"`,
		`{"id":"a",}`, `{"id":"a","small":3,"id":"b"}`, "{\"id\":\"a\x01\"}", "{\"id\":\"a\xff\"}", "{\"\xff\":1}",
	} {
		if wrong := same(r, []byte(body)); wrong != "" {
			t.Errorf("%s: %s", body, wrong)
		}
	}
	for _, body := range []string{`{"self":{"self":{"by":"a"}},"state":"b"}`, `{"self":null}`} {
		if wrong := same(self, []byte(body)); wrong != "" {
			t.Errorf("%s: %s", body, wrong)
		}
	}
}

// What one record leaves must not show in the next.
func TestNothingIsLeftOfTheRecordBefore(t *testing.T) {
	r := For[record]()
	for _, body := range []string{`{"id":"a","more":{"b":"c"}}`, `{"id":"a"}`, `{}`, `{"id":"b"}`, `{"id":"a`, `{}`} {
		if wrong := same(r, []byte(body)); wrong != "" {
			t.Errorf("%s: %s", body, wrong)
		}
	}
}

func FuzzRead(f *testing.F) {
	r := For[record]()
	f.Add([]byte(`{"id":"a","versions":[{"state":"scored","marks":{"b":1.5},"at":"2026-11-30T09:12:00Z"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if wrong := same(r, body); wrong != "" {
			t.Fatalf("%q: %s", body, wrong)
		}
	})
}
