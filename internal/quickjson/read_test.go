package quickjson

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

type word string

type inner struct {
	X float64 `json:"x"`
	Y int8    `json:"y,omitempty"`
	W []word  `json:"w,omitempty"`
}

type Embedded struct {
	Deep string `json:"deep"`
}

type self struct {
	Name string `json:"name"`
	Next *self  `json:"next"`
}

type all struct {
	ID    word              `json:"id"`
	Name  string            `json:"名称"`
	N     int               `json:"n"`
	U     uint16            `json:"u,omitempty"`
	Yes   bool              `json:"yes"`
	At    time.Time         `json:"at"`
	Raw   json.RawMessage   `json:"raw,omitempty"`
	Bytes []byte            `json:"bytes"`
	In    inner             `json:"in"`
	Ins   []inner           `json:"ins"`
	To    *inner            `json:"to"`
	More  map[string]string `json:"more,omitempty"`
	By    map[word]inner    `json:"by"`
	Num   map[int]string    `json:"num"`
	Any   any               `json:"any"`
	Two   [2]int            `json:"two"`
	Wait  time.Duration     `json:"wait"`
	Self  self              `json:"self"`
	Lists [][]string        `json:"lists"`
	Plain string
	None  string `json:"-"`
	quiet string
	Embedded
}

// same holds Unmarshal to encoding/json over one text.
func same[T any](t *testing.T, body string) {
	t.Helper()
	var ours, theirs T
	err, want := Unmarshal([]byte(body), &ours), json.Unmarshal([]byte(body), &theirs)
	if (err == nil) != (want == nil) || err != nil && err.Error() != want.Error() {
		t.Errorf("%q into %T: %v, want %v", body, ours, err, want)
	}
	if err == nil && !reflect.DeepEqual(ours, theirs) {
		t.Errorf("%q into %T:\n%#v, want\n%#v", body, ours, ours, theirs)
	}
}

var odd = []string{
	``, ` `, `{}`, ` { } `, `[]`, `null`, `nul`, `nullx`, `{"n":1}`, `{"n":1.0}`, `{"n":1e2}`, `{"n":-0}`, `{"n":01}`,
	`{"n":"1"}`, `{"n":9223372036854775808}`, `{"u":65535}`, `{"u":65536}`, `{"u":-1}`, `{"in":{"y":127}}`,
	`{"in":{"y":128}}`, `{"in":{"x":1e400}}`, `{"in":{"x":-1.5E+3}}`, `{"in":{"x":1.}}`, `{"in":{"x":.5}}`, `{"N":1}`,
	`{"n":1,"n":2}`, `{"in":{"x":1},"in":{"y":2}}`, `{"ID":"a","id":"b"}`, `{"ſelf":{}}`, `{"\u006e":3}`, `{"n":1}x`,
	`{"n":1} `, `{"n":1,}`, `{,}`, `{"n"}`, `{"n":}`, `{"id":"a\nb"}`, "{\"id\":\"a\nb\"}", `{"id":"\u4e2d\ud83d\ude00"}`,
	`{"id":"\ud800"}`, `{"id":"\x"}`, `{"id":"\u12"}`, `{"id":"` + "\xff" + `"}`, `{"` + "\xff" + `":1}`, `{"id":"a`,
	`{"at":"2026-11-30T02:00:00Z"}`, `{"at":"2026-11-30T02:00:00.5+08:00"}`, `{"at":"x"}`, `{"at":null}`, `{"at":1}`,
	`{"raw":{"a": [1, 2]}}`, `{"raw":null}`, `{"raw":[1,}`, `{"bytes":"AQID"}`, `{"bytes":null}`, `{"bytes":"?"}`,
	`{"ins":[]}`, `{"ins":null}`, `{"ins":[{"x":1},null,{"w":["a","b"]}]}`, `{"ins":[1]}`, `{"ins":[,]}`, `{"ins":[{}`,
	`{"to":null}`, `{"to":{"w":[]}}`, `{"more":{}}`, `{"more":{"a":null,"b":"c","a":"d"}}`, `{"more":{"a":1}}`,
	`{"by":{"甲":{"x":1},"甲":{"y":1}}}`, `{"num":{"1":"a"}}`, `{"any":{"a":[1,"b",null,true]}}`, `{"any":tru}`,
	`{"two":[1,2,3]}`, `{"two":[1]}`, `{"wait":5}`, `{"self":{"name":"a","next":{"name":"b","next":null}}}`,
	`{"lists":[["a"],[],null]}`, `{"Plain":"a","plain":"b"}`, `{"None":"a","-":"b","quiet":"c"}`, `{"deep":"a"}`,
	`{"Embedded":{"deep":"a"}}`, `{"unknown":{"a":[{"b":1e9}]},"n":4}`, `{"unknown":[}`, `{"yes":true}`, `{"yes":false}`,
	`{"yes":truth}`, `{"yes":0}`, `{"名称":"法治"}`, `{"n":null,"id":null,"yes":null,"in":null,"Plain":null}`,
	`{"unknown":` + strings.Repeat("[", 99) + strings.Repeat("]", 99) + `}`,
	`{"unknown":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`,
}

func TestOddTextsAreReadAsEncodingJSONReadsThem(t *testing.T) {
	for _, body := range odd {
		same[all](t, body)
		same[*all](t, body)
		same[map[string]inner](t, body)
		same[[]string](t, body)
		same[string](t, body)
		same[any](t, body)
		same[self](t, body)
	}
}

// twin has two fields that one key may mean; tagged one that encoding/json writes in quotes.
type (
	twin struct {
		A string `json:"a"`
		B string `json:"A"`
	}
	tagged struct {
		N int `json:"n,string"`
	}
	shadow struct {
		Deep string `json:"deep"`
		Embedded
	}
)

func TestTypesWithRulesOfTheirOwnAreLeftToEncodingJSON(t *testing.T) {
	for _, body := range []string{`{"a":"1","A":"2"}`, `{"A":"2"}`, `{"n":"5"}`, `{"n":5}`, `{"deep":"x"}`} {
		same[twin](t, body)
		same[tagged](t, body)
		same[shadow](t, body)
	}
}

// TestWhatIsWrittenIsReadTheQuickWay would fail if all were left to encoding/json.
func TestWhatIsWrittenIsReadTheQuickWay(t *testing.T) {
	body, err := json.Marshal(all{ID: "w000001", Name: "法<治>", More: map[string]string{"a": "b"}, To: &inner{}})
	if err != nil {
		t.Fatal(err)
	}
	var v all
	r := &reader{body: body}
	if !r.value(shapeOf(reflect.TypeFor[all]()), reflect.ValueOf(&v).Elem()) || !r.ended() || v.Name != "法<治>" {
		t.Errorf("left at %d of %s: %+v", r.at, body, v)
	}
}

func TestWhatIsLeftToEncodingJSONIsNamed(t *testing.T) {
	want := []string{"bytes", "num", "any", "two", "self.next"}
	if got := Left[[]all](); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := append(Left[twin](), Left[tagged]()...); !slices.Equal(got, []string{"", ""}) {
		t.Errorf("%q", got)
	}
}

// TestChangedTextsAreReadAsEncodingJSONReadsThem writes values at random, breaks what was written at random, and holds
// the reading to encoding/json.
func TestChangedTextsAreReadAsEncodingJSONReadsThem(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	n := 5000
	if testing.Short() {
		n = 1000
	}
	for range n {
		body, err := json.Marshal(random(chance))
		if err != nil {
			t.Fatal(err)
		}
		same[all](t, string(body))
		for range chance.IntN(3) {
			at := chance.IntN(len(body))
			switch piece := odd[chance.IntN(len(odd))]; chance.IntN(3) {
			case 0:
				body[at] = `{}[]",:0aen\u-. 	`[chance.IntN(17)]
			case 1:
				body = append(body[:at], body[at+1:]...)
			case 2:
				if len(piece) < 50 {
					body = fmt.Appendf(nil, "%s%s%s", body[:at], piece, body[at:])
				}
			}
		}
		same[all](t, string(body))
	}
}

func random(c *rand.Rand) all {
	words := []string{"", "书法", "a\"b", "x\\", "中 文", strings.Repeat("长", 30), "<&>", "\u2028", "😀"}
	some := func() string { return words[c.IntN(len(words))] }
	in := func() inner { return inner{c.NormFloat64(), int8(c.IntN(256) - 128), []word{word(some())}} }
	out := all{
		ID: word(some()), Name: some(), N: c.IntN(1000) - 500, U: uint16(c.IntN(1 << 16)), Yes: c.IntN(2) == 0,
		At: time.Unix(c.Int64N(1<<32), c.Int64N(1e9)).UTC(), Bytes: []byte(some()), In: in(), Any: some(),
		Self: self{some(), &self{Name: some()}}, Plain: some(), Embedded: Embedded{some()},
	}
	for range c.IntN(3) {
		out.Ins = append(out.Ins, in())
		out.Lists = append(out.Lists, []string{some(), some()})
	}
	if c.IntN(2) == 0 {
		out.More, out.By = map[string]string{some(): some()}, map[word]inner{word(some()): in()}
		out.Raw = json.RawMessage(`{"a":[1,2]}`)
	}
	return out
}

// FuzzUnmarshal holds the reading of any bytes to encoding/json.
func FuzzUnmarshal(f *testing.F) {
	for _, body := range odd {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		same[all](t, body)
		same[map[string]inner](t, body)
	})
}

// TestNothingIsSharedWithTheBytesOrAnotherValue changes what was read from, and what was read.
func TestNothingIsSharedWithTheBytesOrAnotherValue(t *testing.T) {
	body := []byte(`{"id":"w1","ins":[{"w":["a"]}],"more":{"k":"v"},"raw":{"a":1}}`)
	var one, two all
	for _, v := range []*all{&one, &two} {
		if err := Unmarshal(body, v); err != nil {
			t.Fatal(err)
		}
	}
	one.Ins[0].W[0], one.More["k"], one.Raw[1] = "b", "b", 'b'
	for i := range body {
		body[i] = 0xff
	}
	if two.ID != "w1" || two.Ins[0].W[0] != "a" || two.More["k"] != "v" || string(two.Raw) != `{"a":1}` {
		t.Errorf("%+v", two)
	}
}

func BenchmarkUnmarshal(b *testing.B) {
	body, err := json.Marshal(random(rand.New(rand.NewPCG(1, 7))))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			var v all
			_ = Unmarshal(body, &v)
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		for b.Loop() {
			var v all
			_ = json.Unmarshal(body, &v)
		}
	})
}
