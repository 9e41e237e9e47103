package anyrules

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbook computes formulas as spreadsheets do: values are float64, string, bool, nil for an empty cell, or a list of
// these for an area.
type workbook struct {
	t     *testing.T
	f     *excelize.File
	known map[string]any
}

func (b workbook) cell(sheet, at string) any {
	at = strings.ReplaceAll(at, "$", "")
	if v, ok := b.known[sheet+"!"+at]; ok {
		return v
	}
	var out any
	formula, err := b.f.GetCellFormula(sheet, at)
	raw, err2 := b.f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	kind, err3 := b.f.GetCellType(sheet, at)
	if err != nil || err2 != nil || err3 != nil {
		b.t.Fatal(err, err2, err3)
	}
	switch v, bad := strconv.ParseFloat(raw, 64); {
	case formula != "":
		r := reader{workbook: b, sheet: sheet, text: formula}
		if out = r.compared(); r.text != "" {
			b.t.Fatalf("%s!%s: %q is left of %s", sheet, at, r.text, formula)
		}
	case bad == nil && kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString:
		out = v
	case raw != "":
		out = raw
	}
	b.known[sheet+"!"+at] = out
	return out
}

// reader reads one formula from the left.
type reader struct {
	workbook
	sheet, text string
}

func (r *reader) takes(word string) bool {
	rest, ok := strings.CutPrefix(r.text, word)
	if ok {
		r.text = rest
	}
	return ok
}

func (r *reader) compared() any {
	left := r.joined()
	for _, op := range []string{"<=", ">=", "<>", "<", ">", "="} {
		if r.takes(op) {
			return each(left, r.joined(), func(a, b any) any { return holds(op, a, b) })
		}
	}
	return left
}

func (r *reader) joined() any {
	left := r.sum()
	for r.takes("&") {
		left = shown(left) + shown(r.sum())
	}
	return left
}

func (r *reader) sum() any {
	left := r.product()
	for {
		switch {
		case r.takes("+"):
			left = each(left, r.product(), func(a, b any) any { return float(a) + float(b) })
		case r.takes("-"):
			left = each(left, r.product(), func(a, b any) any { return float(a) - float(b) })
		default:
			return left
		}
	}
}

func (r *reader) product() any {
	left := r.one()
	for {
		switch {
		case r.takes("*"):
			left = each(left, r.one(), func(a, b any) any { return float(a) * float(b) })
		case r.takes("/"):
			left = each(left, r.one(), func(a, b any) any { return float(a) / float(b) })
		default:
			return left
		}
	}
}

func (r *reader) while(of func(byte) bool) string {
	n := 0
	for n < len(r.text) && of(r.text[n]) {
		n++
	}
	out := r.text[:n]
	r.text = r.text[n:]
	return out
}

func (r *reader) one() any {
	switch {
	case r.takes("("):
		v := r.compared()
		r.takes(")")
		return v
	case r.takes("-"):
		return -float(r.one())
	case r.takes(`"`):
		end := strings.Index(r.text, `"`)
		out := r.text[:end]
		r.text = r.text[end+1:]
		return out
	case r.takes("{"):
		var out []any
		for !r.takes("}") {
			out = append(out, r.one())
			r.takes(",")
		}
		return out
	case r.takes("'"):
		end := strings.Index(r.text, "'!")
		sheet := r.text[:end]
		r.text = r.text[end+2:]
		return r.area(sheet)
	}
	if v := r.while(func(c byte) bool { return c >= '0' && c <= '9' || c == '.' }); v != "" {
		out, _ := strconv.ParseFloat(v, 64)
		return out
	}
	was := r.text
	name := r.while(func(c byte) bool { return c >= 'A' && c <= 'Z' })
	switch {
	case r.takes("("):
		return r.called(name)
	case name == "TRUE":
		return true
	}
	r.text = was
	return r.area(r.sheet)
}

func (r *reader) area(sheet string) any {
	plain := func(c byte) bool { return c == '$' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' }
	first := strings.ReplaceAll(r.while(plain), "$", "")
	if first == "" {
		r.t.Fatalf("can't read %q", r.text)
	}
	if !r.takes(":") {
		return r.cell(sheet, first)
	}
	last := strings.ReplaceAll(r.while(plain), "$", "")
	c, row, _ := excelize.CellNameToCoordinates(first)
	c2, row2, _ := excelize.CellNameToCoordinates(last)
	var out []any
	for y := row; y <= row2; y++ {
		for x := c; x <= c2; x++ {
			at, _ := excelize.CoordinatesToCellName(x, y)
			out = append(out, r.cell(sheet, at))
		}
	}
	return out
}

// called computes a function of which the name and the opening bracket are read. What IF does not choose may be
// wrong, as a division by nothing.
func (r *reader) called(name string) any {
	var args []any
	for !r.takes(")") {
		args = append(args, r.compared())
		r.takes(",")
	}
	switch name {
	case "IF":
		if float(args[0]) != 0 {
			return args[1]
		}
		return args[2]
	case "AND", "OR":
		for _, a := range args {
			if (float(a) != 0) == (name == "OR") {
				return name == "OR"
			}
		}
		return name == "AND"
	case "ROUND", "ROUNDDOWN", "ROUNDUP":
		by := map[string]func(float64) float64{"ROUND": math.Round, "ROUNDDOWN": math.Trunc, "ROUNDUP": math.Ceil}[name]
		unit := math.Pow(10, float(args[1]))
		return each(args[0], nil, func(a, _ any) any { return by(float(a)*unit) / unit })
	case "INT":
		return each(args[0], nil, func(a, _ any) any { return math.Floor(float(a)) })
	case "MOD":
		return each(args[0], args[1], func(a, b any) any { return float(a) - float(b)*math.Floor(float(a)/float(b)) })
	case "ISNUMBER":
		return each(args[0], nil, func(a, _ any) any { _, ok := a.(float64); return ok })
	case "LARGE", "SMALL":
		list := slices.Sorted(slices.Values(numbers(args[:1])))
		if name == "LARGE" {
			slices.Reverse(list)
		}
		return each(args[1], nil, func(k, _ any) any {
			if n := int(float(k)); n <= len(list) {
				return list[n-1]
			}
			return math.NaN()
		})
	case "COUNTIFS", "COUNTIF":
		return countIfs(args)
	}
	return r.folded(name, args)
}

// folded computes a function that makes one number of all that it is given.
func (r *reader) folded(name string, args []any) any {
	list := numbers(args)
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	slices.Sort(list)
	n := len(list)
	switch {
	case name == "SUMPRODUCT":
		sum := 0.0
		for _, v := range all(args[0]) {
			sum += float(v)
		}
		return sum
	case name == "SUM":
		return sum
	case name == "COUNT":
		return float64(n)
	case n == 0:
		return 0.0
	case name == "MAX":
		return list[n-1]
	case name == "MIN":
		return list[0]
	case name == "MEDIAN":
		return (list[(n-1)/2] + list[n/2]) / 2
	}
	r.t.Fatalf("no function %s", name)
	return nil
}

func countIfs(args []any) any {
	n := 0.0
	for i := range all(args[0]) {
		met := true
		for k := 0; k < len(args); k += 2 {
			op, want := "=", args[k+1]
			if s, ok := want.(string); ok {
				for _, o := range []string{"<=", ">=", "<>", "<", ">"} {
					if rest, cut := strings.CutPrefix(s, o); cut {
						v, _ := strconv.ParseFloat(rest, 64)
						op, want = o, v
						break
					}
				}
			}
			v := all(args[k])[i]
			_, number := v.(float64)
			_, wanted := want.(float64)
			met = met && number == wanted && holds(op, v, want)
		}
		if met {
			n++
		}
	}
	return n
}

func holds(op string, a, b any) bool {
	x, isX := a.(string)
	y, isY := b.(string)
	c := strings.Compare(x, y)
	switch {
	case isX && !isY: // texts come after numbers
		c = 1
	case isY && !isX:
		c = -1
	case !isX:
		c = 0
		if v := float(a) - float(b); v != 0 {
			c = int(math.Copysign(1, v))
		}
	}
	return map[string]bool{"<=": c <= 0, ">=": c >= 0, "<>": c != 0, "<": c < 0, ">": c > 0, "=": c == 0}[op]
}

func all(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

// each applies f to all pairs of two values, of which one or both may be areas.
func each(a, b any, f func(a, b any) any) any {
	x, areaX := a.([]any)
	y, areaY := b.([]any)
	if !areaX && !areaY {
		return f(a, b)
	}
	out := make([]any, max(len(x), len(y)))
	for i := range out {
		left, right := a, b
		if areaX {
			left = x[i]
		}
		if areaY {
			right = y[i]
		}
		out[i] = f(left, right)
	}
	return out
}

// numbers are the numbers among values and in areas; texts and empty cells are passed over.
func numbers(args []any) (out []float64) {
	for _, a := range args {
		for _, v := range all(a) {
			if n, ok := v.(float64); ok {
				out = append(out, n)
			}
		}
	}
	return out
}

func float(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case bool:
		if v {
			return 1
		}
	}
	return 0
}

func shown(v any) string {
	if v == nil {
		return ""
	}
	if n, ok := v.(float64); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}
