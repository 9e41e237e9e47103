package mail

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func gb(s string) string {
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return out
}

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// read takes a letter apart and writes what was saved and what was left: name=contents, then name!why.
func read(t *testing.T, letter string, l Limits) (Head, string, error) {
	t.Helper()
	var out []string
	h, left, err := Read(strings.NewReader(letter), l, func(name string, r io.Reader) error {
		data, err := io.ReadAll(r)
		if err == nil {
			out = append(out, name+"="+string(data))
		}
		return err
	})
	slices.Sort(out)
	for _, x := range left {
		out = append(out, x.Name+"!"+x.Why)
	}
	return h, strings.Join(out, " "), err
}

// parts is a letter of parts, each a head and a body.
func parts(list ...string) string {
	border := fmt.Sprintf("=x%d=", len(strings.Join(list, ""))) // none that a part has
	return "From: a@example.cn\r\nContent-Type: multipart/mixed; boundary=\"" + border + "\"\r\n\r\n--" + border +
		"\r\n" + strings.Join(list, "\r\n--"+border+"\r\n") + "\r\n--" + border + "--\r\n"
}

func attached(head, text string) string {
	return head + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b64(text)
}

func TestNamesAreReadAsChineseProgramsWriteThem(t *testing.T) {
	name := "示例镇 作品.zip"
	g := gb(name)
	var percent strings.Builder
	for _, c := range []byte(g) {
		fmt.Fprintf(&percent, "%%%02X", c)
	}
	for how, head := range map[string]string{
		"UTF-8":                   "Content-Disposition: attachment; filename=\"" + name + "\"",
		"GB18030 as it is":        "Content-Disposition: attachment; filename=\"" + g + "\"",
		"a word of GB18030":       "Content-Disposition: attachment; filename=\"=?gb18030?B?" + b64(g) + "?=\"",
		"a word of GBK in quotes": "Content-Type: application/zip; name=\"=?GBK?B?" + b64(g) + "?=\"",
		"a character in two words": "Content-Type: application/zip;\r\n name=\"=?gb2312?B?" +
			b64(g[:3]) +
			"?=\r\n =?gb2312?B?" +
			b64(g[3:]) +
			"?=\"",
		"quoted-printable": "Content-Type: application/zip; " +
			"name==?UTF-8?Q?=E7=A4=BA=E4=BE=8B=E9=95=87_=E4=BD=9C=E5=93=81.zip?=",
		"a charset that is not so": "Content-Type: application/zip; name=\"=?iso-8859-1?B?" + b64(name) + "?=\"",
		"an unknown charset":       "Content-Type: application/zip; name=\"=?x-unknown?B?" + b64(g) + "?=\"",
		"RFC 2231 in GB18030":      "Content-Disposition: attachment; filename*=gb18030''" + percent.String(),
		"RFC 2231 in parts": "Content-Disposition: attachment; filename*0*=GBK''" +
			percent.String()[:9] +
			";\r\n filename*1*=" +
			percent.String()[9:],
		"both names": "Content-Type: application/zip; name=x.zip\r\n" +
			"Content-Disposition: attachment; filename*=gb18030''" +
			percent.String(),
		"a path":         "Content-Disposition: attachment; filename=\"C:\\\\用户\\\\" + name + "\"",
		"a path upwards": "Content-Disposition: attachment; filename=\"../../etc/" + name + "\"",
		"no padding": "Content-Disposition: attachment; filename=\"=?gb18030?B?" +
			strings.TrimRight(b64(g), "=") +
			"?=\"",
		"a parameter without a name": "Content-Disposition: attachment; ; =; filename=\"" + name + "\"",
	} {
		_, got, err := read(t, parts(attached(head, "内容")), Usual)
		if want := name + "=内容"; got != want || err != nil {
			t.Errorf("%s: %q, want %q, %v", how, got, want, err)
		}
	}
}

func TestAHeadIsReadWhateverItsEncoding(t *testing.T) {
	subject := "报送：示例镇法治作品"
	for how, line := range map[string]string{
		"as it is": subject, "GB18030 as it is": gb(subject),
		"words": "=?gb18030?B?" + b64(gb(subject)[:7]) + "?= =?gb18030?B?" + b64(gb(subject)[7:]) + "?=",
		"mixed": "报送：=?utf-8?B?" + b64("示例镇法治作品") + "?=",
	} {
		h, _, err := read(t, "Subject: "+line+"\r\nFrom: =?GBK?B?"+b64(gb("示例镇"))+"?= <a@example.cn>\r\n"+
			"bad header\r\n: nameless\r\nDate: Tue, 1 Dec 2026 08:00:00 +0800\r\n\r\ntext", Usual)
		if err != nil ||
			h.Subject != subject ||
			h.Name != "示例镇" ||
			h.Address != "a@example.cn" ||
			h.Date.IsZero() {
			t.Errorf("%s: %+v %v", how, h, err)
		}
	}
}

func TestHostileLettersAreBoundedAndTold(t *testing.T) {
	inner := parts(attached("Content-Disposition: attachment; filename=里.txt", "里"))
	nested := inner
	for range 20 {
		nested = parts("Content-Type: message/rfc822\r\n\r\n" + nested)
	}
	many := slices.Repeat([]string{"Content-Disposition: attachment; filename=同.txt\r\n\r\n一"}, 30)
	for name, c := range map[string]struct{ letter, want string }{
		"no parts":  {"Subject: x\r\n\r\nhello", ""},
		"forwarded": {parts("Content-Type: message/rfc822\r\n\r\n" + inner), "里.txt=里"},
		"too deep":  {nested, "!deep"},
		"the same":  {parts(many[:2]...), "同(2).txt=一 同.txt=一"},
		"programs": {parts(
			attached("Content-Disposition: attachment; filename=\"图.jpg.exe. \"", "x"),
			attached("Content-Disposition: attachment; filename=a.LNK", "x")),
			"图.jpg.exe!program a.LNK!program"},
		"outlook": {parts(
			attached("Content-Type: application/ms-tnef; name=winmail.dat", "x")),
			"winmail.dat!outlook"},
		"damaged": {parts("Content-Disposition: attachment; filename=坏.jpg\r\n"+
			"Content-Transfer-Encoding: base64\r\n\r\n!!!!",
			attached("Content-Disposition: attachment; filename=好.jpg", "好")),
			"好.jpg=好 坏.jpg!damaged"},
		"broken off": {
			strings.TrimRight(parts(
				attached("Content-Disposition: attachment; filename=半.jpg", "半")),
				"\r\n-=x0123456789"), "半.jpg!damaged !damaged",
		},
		"no border": {"Content-Type: multipart/mixed\r\n\r\n--x\r\n", "!damaged"},
		"nameless":  {parts("Content-Type: application/pdf\r\n\r\nx"), "附件2.pdf=x"},
		"odd names": {parts(
			attached("Content-Disposition: attachment; filename=\"a\u202egpj.txt\"", "x"),
			attached("Content-Disposition: attachment; filename=\"CON\"", "x"),
			attached("Content-Disposition: attachment; filename=\"..\"", "x")), ""},
	} {
		_, got, err := read(t, c.letter, Usual)
		if name == "odd names" {
			if strings.ContainsAny(got, "\u202e/\\") ||
				strings.Contains(" "+got, " CON=") ||
				strings.Contains(got, "..=") ||
				strings.Count(got, "=x") != 3 {
				t.Errorf("%s: %q", name, got)
			}
			continue
		}
		if got != c.want || err != nil {
			t.Errorf("%s: %q, want %q, %v", name, got, c.want, err)
		}
	}
	few := Usual
	few.Parts = 10
	_, got, err := read(t, parts(many...), few)
	if err != nil || strings.Count(got, "=一") != 9 || !strings.HasSuffix(got, "!many") {
		t.Errorf("many parts: %q %v", got, err)
	}
	small := Usual
	small.Bytes = 300
	if _, _, err := read(t, parts(many...), small); err != ErrLarge {
		t.Errorf("a large letter: %v", err)
	}
	full := errors.New("the disk is full")
	_, _, err = Read(strings.NewReader(inner), Usual, func(string, io.Reader) error { return full })
	if !errors.Is(err, full) {
		t.Errorf("a full disk: %v", err)
	}
}

func FuzzLetter(f *testing.F) {
	f.Add(parts(
		attached("Content-Disposition: attachment; filename=\"=?gb18030?B?"+b64(gb("作品.zip"))+"?=\"", "内容")))
	f.Add(parts("Content-Type: message/rfc822\r\n\r\n" + parts("x: y\r\n\r\nz")))
	f.Add("Subject: =?utf-8?q?=E7=A4?= =?utf-8?q?=BA?=\r\n" +
		"Content-Type: multipart/x; boundary*0=a; boundary*1=b\r\n\r\n--ab\r\n\r\nx")
	f.Fuzz(func(t *testing.T, letter string) {
		l := Limits{Bytes: 1 << 16, Parts: 20, Depth: 3}
		names := map[string]bool{}
		_, _, err := Read(strings.NewReader(letter), l, func(name string, r io.Reader) error {
			if name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\\\x00") || names[name] {
				t.Errorf("saves as %q", name)
			}
			names[name] = true
			_, err := io.Copy(io.Discard, r)
			return err
		})
		if err != nil && err != ErrLarge {
			t.Errorf("%v", err)
		}
	})
}
