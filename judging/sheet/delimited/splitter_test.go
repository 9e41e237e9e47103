package delimited

import (
	"io"
	"strings"
	"testing"
	"time"
)

func TestStrayQuotationMarksCostLittle(t *testing.T) {
	for name, line := range map[string]string{
		"each line opens one":   "\"守法,甲某\n",
		"doubled ones":          "\"\"x,\"a\n",
		"many in a line":        strings.Repeat(`"x,`, 500) + "\n",
		"closed late":           "\"a\"\"\n",
		"none of them is ended": "\"" + strings.Repeat("守", 50) + "\n",
	} {
		text := strings.Repeat(line, 4<<20/len(line))
		start, n := time.Now(), 0
		for s := New(strings.NewReader(text), ',', 1<<20); ; n++ {
			if _, err := s.Next(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		if d := time.Since(start); d > 8*time.Second {
			t.Errorf("%s: %d records took %v", name, n, d)
		}
		if n < 1000 {
			t.Errorf("%s: only %d records", name, n)
		}
	}
}

func TestSplitting(t *testing.T) {
	for _, c := range []struct {
		text  string
		comma rune
		want  string
	}{
		{"a,b\n\nc", ',', "a|b;;c"}, {"a,\"b,c\"\n", ',', "a|b,c"}, {"\"a\nb\",c", ',', "a\nb|c"},
		{`"a`, ',', `"a`}, {`"a"b,c`, ',', `"a"b|c`}, {`a"b,c`, ',', `a"b|c`}, {`"",x`, ',', `|x`}, {`""""`, ',', `"`},
		{`"他说""好"""，乙`, '，', `他说"好"|乙`}, {"a,", ',', "a|"}, {",", ',', "|"}, {`"a" ,b`, ',', "a|b"},
		{` "a",b`, ',', "a|b"}, {"a;\"b\r\nc\";d\r\n", ';', "a|b\nc|d"}, {"\"a\nb,c\nd\"x,e", ',', "\"a;b|c;d\"x|e"},
	} {
		var rows []string
		s := New(strings.NewReader(c.text), c.comma, 1<<20)
		for {
			fields, err := s.Next()
			if err != nil {
				break
			}
			rows = append(rows, strings.Join(fields, "|"))
		}
		if got := strings.Join(rows, ";"); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTheDelimiterIsFound(t *testing.T) {
	for text, want := range map[string]rune{
		"名称,作者\n守法,甲": ',', "名称;作者\n守法,一;甲": ';', "名称\t作者\n守法\t甲": '\t', "名称，作者\n守法，甲\n": '，',
		"名称,说明\n守法,一，二，三\n学法,四，五，六\n": ',', "名称；作者\n守法；甲\n": '；', "名称": ',', "": ',', "sep=|\na|b": '|',
		"名称|作者\n守法|甲": '|',
	} {
		if got := FindComma(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
