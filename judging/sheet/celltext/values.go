package celltext

import (
	"regexp"
	"strings"
	"unicode"

	"fayi/judging"
	"fayi/judging/sheet/grid"
)

// TidyText cleans a value of several lines, keeping them apart.
func TidyText(s string) string {
	var lines []string
	for _, l := range strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if l = judging.Tidy(l); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// TidyLine cleans a value of one line. A line end between two Chinese characters is a wrap, not a space.
func TidyLine(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return judging.Tidy(s)
	}
	out := ""
	for l := range strings.SplitSeq(TidyText(s), "\n") {
		if out != "" && !(wide(lastRune(out)) && wide([]rune(l)[0])) {
			out += " "
		}
		out += l
	}
	return out
}

func lastRune(s string) rune { r := []rune(s); return r[len(r)-1] }

func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 || r >= 0x2014 && r < 0x2030
}

var (
	phoneIn = regexp.MustCompile(
		`(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}-?[2-9]\d{6,7}(?:-\d{1,6})?|[2-9]\d{6,7}`,
	)
	notDigits = regexp.MustCompile(`[^\d]`)
	exponent  = regexp.MustCompile(`^\d(?:\.\d+)?[eE]\+?\d{1,2}$`)
)

// ReadPhone finds the telephone numbers of a cell, joined by 、, and the name written next to them. ok is false when
// there is none or digits are left over; the text is then kept as it is.
func ReadPhone(text string) (phone, name string, ok bool) {
	text = TidyLine(text)
	if len(text) == 11 && AllDigits(text) && mobile.MatchString(text) {
		return text, "", true
	}
	if exponent.MatchString(text) {
		mantissa, _, _ := strings.Cut(text, ".")
		// as Excel shows it: the rest is lost
		if digits := strings.IndexAny(text, "eE") - len(mantissa) - 1; digits <= 5 {
			return text, "", false
		}
		text = fromExponent(text)
	}
	found := phoneIn.FindAllString(text, -1)
	rest := phoneIn.ReplaceAllString(text, "")
	if len(found) == 0 || notDigits.ReplaceAllString(rest, "") != "" {
		return text, "", false
	}
	for i, p := range found {
		if digits := notDigits.ReplaceAllString(p, ""); mobile.MatchString(digits) {
			found[i] = digits[len(digits)-11:]
		}
	}
	name = strings.Trim(choices.ReplaceAllString(nameLabel.ReplaceAllString(rest, ""), " "), " :：（）()-")
	if names, _, _ := SplitNames(name); len(names) == 1 && LooksLikeName(names[0]) {
		return strings.Join(found, "、"), names[0], true
	}
	return strings.Join(found, "、"), "", true
}

// fromExponent writes 1.3800138E+10 as 13800138000.
func fromExponent(text string) string {
	mantissa, power, _ := strings.Cut(strings.ToLower(text), "e")
	whole, part, _ := strings.Cut(mantissa, ".")
	n := 0
	for _, c := range strings.TrimPrefix(power, "+") {
		n = n*10 + int(c-'0')
	}
	if n < len(part) {
		return text
	}
	return whole + part + strings.Repeat("0", n-len(part))
}

// ReadIDCard cleans an identity number. lost says that Excel rounded it; ok is false if it is not valid by length
// or check digit.
func ReadIDCard(c grid.Cell) (id string, lost, ok bool) {
	id = strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "'", "", "’", "").Replace(judging.Tidy(c.Text)))
	if c.Stored != "" && len(c.Stored) >= 15 {
		id = c.Stored
	}
	if exponent.MatchString(id) || c.Kind == grid.NumberCell && len(id) > 15 {
		return id, true, false
	}
	return id, false, len(id) == 15 && idNumber.MatchString(id) ||
		len(id) == 18 && idNumber.MatchString(id) && idChecks(id)
}

// idChecks verifies the check digit of an 18-digit identity number (GB 11643: weights 2^(17-i) mod 11).
func idChecks(id string) bool {
	sum, weight := 0, 1
	for i := 16; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(id[i]-'0') * weight
	}
	return "10X98765432"[sum%11] == id[17]
}

// Clip shortens a text for a message.
func Clip(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}

// JoinFiles lists the names of files that cells hold, parted by 、.
func JoinFiles(cells []grid.Cell) string {
	var names []string
	for _, c := range cells {
		for _, n := range strings.FieldsFunc(c.Text, func(r rune) bool {
			return strings.ContainsRune("、;；┋|\n\r", r)
		}) {
			if n = judging.Tidy(n); !IsEmpty(n) {
				names = append(names, n)
			}
		}
	}
	return strings.Join(names, "、")
}
