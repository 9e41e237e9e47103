package parcel

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/kitmark"
	"fayi/judging/media/archive"
)

// Inbox gathers the parts of parcels out of the files that came. Its zero value is ready.
type Inbox struct {
	Until string // the deadline of now, 2006-01-02; "" where it is not compared
	parts []part
}

// part is one zip of a parcel, or the folder that it was unpacked to.
type part struct {
	Manifest

	at    string                     // where it came, for messages
	files map[string][]archive.Entry // by the names that it gives to its files
}

// Parcel is a parcel that is whole, with its files by the names of its manifest.
type Parcel struct {
	Manifest

	Label string // names the parcel: the same each time it is sent
	Files map[string]archive.Entry
}

// Take takes the parts of parcels out of the entries of one source and returns those that belong to no parcel. Files
// that lie next to a manifest which does not name them are among these. Errors: Invalid for a manifest that can't be
// read, ctx.Err().
func (in *Inbox) Take(ctx context.Context, source string, entries []archive.Entry) ([]archive.Entry, error) {
	var own []part
	for _, e := range entries {
		if e.Name != ManifestName {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p, err := begin(source, e)
		if err != nil {
			return nil, err
		}
		own = append(own, p)
	}
	if len(own) == 0 {
		return entries, nil
	}
	// the innermost folder that holds a manifest is the one that a file belongs to
	slices.SortStableFunc(own, func(a, b part) int { return len(b.at) - len(a.at) })
	var rest []archive.Entry
	for _, e := range entries {
		if e.Name != ManifestName && !give(own, e) {
			rest = append(rest, e)
		}
	}
	for i := range own {
		own[i].at = cmp.Or(own[i].at, source)
	}
	in.parts = append(in.parts, own...)
	return rest, nil
}

// begin reads a manifest.
func begin(source string, e archive.Entry) (part, error) {
	at := strings.TrimSuffix(strings.TrimSuffix(e.Path, ManifestName), "/")
	shown := cmp.Or(at, source)
	if e.Size > mostManifest {
		return part{}, judging.Fail(judging.Invalid, "parcel.unreadable", judging.Args{"File": shown})
	}
	r, err := e.Open()
	if err != nil {
		return part{}, unreadable(shown, e.Name, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, mostManifest))
	if err != nil {
		return part{}, unreadable(shown, e.Name, err)
	}
	m, err := parse(data, shown)
	p := part{Manifest: m, at: at, files: map[string][]archive.Entry{}}
	for _, w := range m.Works {
		for _, f := range w.Files {
			if f.Part == m.Part {
				p.files[f.Name] = nil
			}
		}
	}
	return p, err
}

// give gives a file to the part that names it.
func give(own []part, e archive.Entry) bool {
	for _, p := range own {
		name, below := e.Path, p.at == ""
		if !below {
			name, below = strings.CutPrefix(e.Path, p.at+"/")
		}
		if !below {
			continue
		}
		list, ok := p.files[name]
		if ok {
			p.files[name] = append(list, e)
		}
		return ok
	}
	return false
}

// Empty reports whether nothing came.
func (in *Inbox) Empty() bool { return len(in.parts) == 0 }

// Most is how many parts the parcels have that came, at most.
func (in *Inbox) Most() int {
	most := 0
	for _, p := range in.parts {
		most = max(most, p.Manifest.Parts)
	}
	return most
}

// Parcels puts the parts together, in the order in which they came, and reads every file to its end. Of a parcel that
// came in several editions only the last is returned, with a problem that says so; so does each parcel that was made
// for an earlier call, of what differs for units. progress, where not nil, hears of every file. Errors: Invalid where
// a part is missing, damaged or of another contest, or a file is missing, twice, or not the one that was packed.
func (in *Inbox) Parcels(
	ctx context.Context, contest judging.Contest, rules judging.Rules, progress func(),
) ([]Parcel, []judging.Problem, error) {
	var order []string
	byID := map[string][]part{}
	for _, p := range in.parts {
		if p.Contest != Key(contest) {
			args := judging.Args{"File": p.at, "Name": p.ContestName}
			return nil, nil, judging.Fail(judging.Invalid, "parcel.foreign", args)
		}
		if byID[p.ID] == nil {
			order = append(order, p.ID)
		}
		byID[p.ID] = append(byID[p.ID], p)
	}
	var out []Parcel
	var told []judging.Problem
	for _, id := range order {
		parts, older := latest(byID[id])
		for _, p := range older {
			told = append(told, problem(p.at, "parcel.older", judging.Args{"N": parts[0].Edition}))
		}
		p, again, err := join(parts)
		if err != nil {
			return nil, nil, err
		}
		for _, at := range again {
			told = append(told, problem(at, "parcel.part_again", nil))
		}
		if err := p.verify(ctx, parts, progress); err != nil {
			return nil, nil, err
		}
		told = append(told, p.earlier(rules, in.Until)...)
		out = append(out, p)
	}
	return out, told, nil
}

// earlier tells what differs in a parcel that was made for an earlier call.
func (p Parcel) earlier(rules judging.Rules, until string) []judging.Problem {
	at := judging.Place{File: p.Label}
	if mark, ok := kitmark.Parse(p.Kit); ok {
		return mark.Tell(kitmark.Of(rules, until, time.Time{}), at)
	}
	if p.RulesHash != rules.Hash() {
		return []judging.Problem{{Place: at, Text: "parcel.other_rules"}}
	}
	return nil
}

func problem(file, text string, args judging.Args) judging.Problem {
	return judging.Problem{Place: judging.Place{File: file}, Text: text, Args: args}
}

// latest parts those of the last edition from the older ones.
func latest(parts []part) (last, older []part) {
	newest := 0
	for _, p := range parts {
		newest = max(newest, p.Edition)
	}
	for _, p := range parts {
		if p.Edition == newest {
			last = append(last, p)
		} else {
			older = append(older, p)
		}
	}
	return last, older
}

// join makes one parcel of its parts. again lists parts that came once more, which is no harm.
func join(parts []part) (p Parcel, again []string, err error) {
	first := parts[0]
	seen := map[int]bool{}
	p = Parcel{Manifest: first.Manifest, Label: label(first.Manifest), Files: map[string]archive.Entry{}}
	for _, q := range parts {
		if !sameBut(first.Manifest, q.Manifest) {
			return p, nil, judging.Fail(judging.Invalid, "parcel.differ", judging.Args{"File": q.at, "Other": first.at})
		}
		if seen[q.Part] {
			again = append(again, q.at)
			continue
		}
		seen[q.Part] = true
		for name, list := range q.files {
			switch len(list) {
			case 0: // verify says so
			case 1:
				p.Files[name] = list[0]
			default:
				return p, nil, judging.Fail(judging.Invalid, "parcel.twice", judging.Args{"File": q.at, "Name": name})
			}
		}
	}
	var missing []int
	for n := 1; n <= p.Parts; n++ {
		if !seen[n] {
			missing = append(missing, n)
		}
	}
	if len(missing) > 0 {
		args := judging.Args{"File": first.at, "N": p.Parts, "Part": missing[0], "Count": len(missing)}
		return p, nil, judging.Fail(judging.Invalid, "parcel.part_missing", args)
	}
	return p, again, nil
}

// label names a parcel by its unit and identity, as a file would be called.
func label(m Manifest) string {
	return judging.LegalName("报送包-"+judging.Tidy(m.Unit)+"-"+m.ID[:6], "")
}

// sameBut reports whether two manifests are of one packing.
func sameBut(a, b Manifest) bool {
	a.Part, b.Part = 0, 0
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && string(x) == string(y)
}

// verify reads every file to its end and compares its sum.
func (p Parcel) verify(ctx context.Context, parts []part, progress func()) error {
	at := map[int]string{}
	for _, q := range parts {
		at[q.Part] = q.at
	}
	for _, w := range p.Works {
		for _, f := range w.Files {
			e, ok := p.Files[f.Name]
			where := judging.Args{"File": at[f.Part], "Name": f.Name, "N": w.Row}
			if !ok {
				return judging.Fail(judging.Invalid, "parcel.file_missing", where)
			}
			if e.Size != f.Bytes {
				return judging.Fail(judging.Invalid, "parcel.altered", where)
			}
			sum, err := sumOf(ctx, e)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				return unreadable(at[f.Part], f.Name, err)
			}
			if sum != f.Sum {
				return judging.Fail(judging.Invalid, "parcel.altered", where)
			}
			if progress != nil {
				progress()
			}
		}
	}
	return nil
}

func sumOf(ctx context.Context, e archive.Entry) (string, error) {
	r, err := e.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	h := sha256.New()
	if _, err := io.Copy(h, reader{ctx, r}); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// reader stops when its context is done: a film takes long.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// unreadable is the refusal of a file that breaks off. A disk that does not answer is no fault of the parcel.
func unreadable(file, name string, err error) error {
	var known *judging.Error
	if errors.As(err, &known) && known.Code == judging.Unavailable {
		return err
	}
	args := judging.Args{"File": file, "Name": path.Base(name)}
	return judging.Fail(judging.Invalid, "parcel.damaged", args).Because(err)
}
