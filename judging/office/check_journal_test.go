package office_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/packet"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// older makes of the contest in dir what a program left that did not vouch for works: entries name nothing of the later
// tables, and are sealed so.
func older(t *testing.T, dir string) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(dir, "contest.db"), bolt.Options{})
	must(t, err)
	defer db.Close()
	later := []string{"work/", "intake/", "revision/", "review/", "verdict/", "settlement/", "unit_alias/", "judge/",
		"listed_unit/", "unitslist/", "call_terms/", "parcel/", "judgelist/", "packet/",
		"reply_key/", "superior/", "reopening/", "aside/", "sending/", "send_link/", "delivery/",
		"handling/",
		"page/"}
	must(t, db.Update(t.Context(), func(tx store.Tx) error {
		var prev judging.Entry
		fresh := map[string][]byte{}
		pages := map[string]map[string]string{}
		must(t, tx.Scan([]byte("page\x00"), func(k, v []byte) error {
			var p struct{ Sums map[string]string }
			_, body, _ := bytes.Cut(v, []byte("\n"))
			err := json.Unmarshal(body, &p)
			fresh[string(k)], pages["page/"+string(k[5:])] = nil, p.Sums
			return err
		}))
		fresh["counter\x00generation"] = nil
		must(t, tx.Scan([]byte("journal\x00"), func(k, v []byte) error {
			var e judging.Entry
			version, body, _ := bytes.Cut(v, []byte("\n"))
			must(t, json.Unmarshal(body, &e))
			for name := range e.Sums {
				for of, sum := range pages[name] {
					e.Sums[of] = sum
				}
			}
			for name := range e.Sums {
				begins := func(p string) bool { return strings.HasPrefix(name, p) }
				if name == "generation" || slices.ContainsFunc(later, begins) {
					delete(e.Sums, name)
				}
			}
			e = e.Seal(prev)
			prev = e
			data, err := json.Marshal(e)
			fresh[string(k)] = slices.Concat(version, []byte("\n"), data)
			return err
		}))
		for k, v := range fresh {
			if v == nil {
				must(t, tx.Delete([]byte(k)))
				continue
			}
			must(t, tx.Put([]byte(k), v))
		}
		return nil
	}))
}

// TestAnOlderContestIsVouchedForFromItsNextChangeOn: its works were vouched for by nobody; from the next change on all
// of them are, those that it did not touch too, and no second time.
func TestAnOlderContestIsVouchedForFromItsNextChangeOn(t *testing.T) {
	dir, _ := onDecided(t)
	older(t, dir)
	o := reopenCopying(t, dir)
	before := checked(t, o, "")
	if !before.OK {
		t.Fatalf("an older contest: %+v", before)
	}
	o.Close()
	forge(t, dir, "work\x00", `"title":"`, `"title":"甲`)
	o = reopenCopying(t, dir)
	if r := checked(t, o, ""); !r.OK {
		t.Fatalf("nobody vouched for it: %+v", r)
	}
	_, err := o.Secrets().SetPIN(t.Context(), "j001", "2468")
	must(t, err)
	after := checked(t, o, "")
	if !after.OK || after.Vouched < before.Vouched+12 || after.JournalEntries != before.JournalEntries+2 {
		t.Fatalf("before %+v, after %+v", before, after)
	}
	_, err = o.Secrets().SetPIN(t.Context(), "j001", "3579")
	must(t, err)
	if r := checked(t, o, ""); !r.OK || r.JournalEntries != after.JournalEntries+1 {
		t.Errorf("vouched for twice: %+v", r)
	}
	o.Close()
	id := forge(t, dir, "work\x00", `"title":"`, `"title":"乙`)
	if r := checked(t, reopenCopying(t, dir), ""); r.OK || !slices.Equal(r.Disputed, []string{"work/" + id}) {
		t.Errorf("%+v", r)
	}
}

// TestACheckDuringAnImportDisputesNothing: works to which an import under way adds a state are what the journal says
// without it; somebody who alters one meanwhile is found out.
func TestACheckDuringAnImportDisputesNothing(t *testing.T) {
	dir := scored(t)
	db, blobs, err := bolt.OpenFolder(dir)
	must(t, err)
	looking := &between{DB: db}
	o, err := office.Open(t.Context(), office.Config{
		DB: looking, Blobs: blobs, Dir: dir, Now: clock(), Random: new(chance), Actor: "organiser",
		OpenCopy: bolt.OpenCopy,
	})
	must(t, err)
	defer o.Close()
	rows := [][]any{header}
	for i := range 30 {
		rows = append(rows, []any{
			fmt.Sprint("法治之光", i+1), []string{"书法", "绘画", "征文"}[i%3], "小学组", fmt.Sprint("甲某", i+1),
			fmt.Sprint("示例第", i%5+1, "小学"), "另一位", fmt.Sprintf("1380000%04d", i),
		})
	}
	checks := 0
	looking.after = func() {
		r, err := o.CheckContest(context.Background(), "", nil)
		if checks++; err != nil || !r.OK {
			t.Errorf("after transaction %d: %+v %v", checks, r, err)
		}
	}
	rep := importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "b.xlsx", rows...)}})
	if rep.Changed+rep.Accepted == 0 || checks < 3 {
		t.Errorf("%d checks, %+v", checks, rep.RowTally)
	}
}

// between calls after when a transaction is committed.
type between struct {
	store.DB
	after func()
}

func (b *between) Update(ctx context.Context, fn func(store.Tx) error) error {
	err := b.DB.Update(ctx, fn)
	if b.after != nil && err == nil {
		b.after()
	}
	return err
}

// TestEachPlaceThatKeepsAMarkIsComparedWith: a journal goes on from what was printed, backed up, archived and sealed,
// and not once what was before is rewritten, every hash of it made again.
func TestEachPlaceThatKeepsAMarkIsComparedWith(t *testing.T) {
	dir := scored(t)
	o := reopenCopying(t, dir)
	a := sendAway(t, o)
	say(t, a, 0, 0.5)
	reply := a.reply()
	backup, err := o.BackupContest(t.Context())
	must(t, err)
	plain, sealed := filepath.Join(t.TempDir(), "a.fayiarchive"), filepath.Join(t.TempDir(), "b.fayiarchive")
	_, err = o.Copies().Archive(t.Context(), plain, "", nil)
	must(t, err)
	_, err = o.Copies().Archive(t.Context(), sealed, "绿水青山 1949", nil)
	must(t, err)
	mark := checked(t, o, "").Mark
	kinds := map[string]string{mark: "mark", backup: "backup", plain: "archive", sealed: "archive", reply: "reply",
		a.where.File: "packet"}
	ctx := office.WithPhrase(t.Context(), "绿水青山 1949")
	check := func(o *office.Office, against string) office.CheckReport {
		t.Helper()
		c := ctx
		if kinds[against] == "packet" {
			c = office.WithPhrase(t.Context(), phrase)
		}
		r, err := o.CheckContest(c, against, nil)
		if err != nil {
			t.Fatalf("%s: %v", kinds[against], err)
		}
		return r
	}
	for against, kind := range kinds {
		r := check(o, against)
		if !r.OK || r.Against.Kind != kind || r.Against.Relation != office.Continues || r.Against.Mark == "" {
			t.Errorf("%s: %+v %+v", kind, r, r.Against)
		}
	}
	_, err = o.CheckContest(t.Context(), sealed, nil)
	wantCode(t, err, judging.Forbidden, "archive.sealed")
	_, err = o.CheckContest(office.WithPhrase(t.Context(), "0000 0000 0000 0000 0000"), a.where.File, nil)
	wantCode(t, err, judging.Forbidden, "packet.wrong_phrase")
	o.Close()
	rehash(t, dir)
	o = reopenCopying(t, dir)
	for against, kind := range kinds {
		if r := check(o, against); r.OK || r.Continues || r.Against.Relation != office.Differs {
			t.Errorf("%s: %+v %+v", kind, r, r.Against)
		}
	}
	at, hash, _ := strings.Cut(mark, "-")
	if r := check(o, at+"99-"+hash); r.Continues || r.Against.Relation != office.Ends {
		t.Errorf("a mark of later: %+v", r.Against)
	}
}

// TestWhatHasNoMarkIsSaidSo: packets and replies of older programs, and what belongs to another contest.
func TestWhatHasNoMarkIsSaidSo(t *testing.T) {
	dir := scored(t)
	o := reopenCopying(t, dir)
	a := sendAway(t, o)
	d, err := a.Duties(t.Context())
	must(t, err)
	for i := range d.Works {
		d.Works[i].Files = nil
	}
	_, to, err := packet.NewReplyKey()
	must(t, err)
	var old bytes.Buffer
	_, err = packet.Seal(t.Context(), &old, packet.Contents{
		Contest: a.Contest(), Made: clock()(), Duties: d, ReplyTo: to,
	}, phrase, nil)
	must(t, err)
	path := filepath.Join(t.TempDir(), "旧.fayipacket")
	must(t, os.WriteFile(path, old.Bytes(), 0o600))
	_, err = o.CheckContest(office.WithPhrase(t.Context(), phrase), path, nil)
	wantCode(t, err, judging.Invalid, "check.no_mark")
	other := reopenCopying(t, contestOf(t, rand.Reader))
	_, err = other.CheckContest(t.Context(), a.where.File, nil)
	wantCode(t, err, judging.Clash, "packet.foreign")
	backup, err := o.BackupContest(t.Context())
	must(t, err)
	_, err = other.CheckContest(t.Context(), backup, nil)
	wantCode(t, err, judging.Clash, "check.other_contest")
}

// TestADamagedHeadLeavesATrace: one of bbolt's two meta pages is damaged, and the next commit writes over it; the
// journal keeps it, it is said once, and a check says it whenever it is asked.
func TestADamagedHeadLeavesATrace(t *testing.T) {
	lost := 0 // times that what the last commit wrote was missing
	for page := range 2 {
		dir, _ := onDecided(t)
		path := filepath.Join(dir, "contest.db")
		data, err := os.ReadFile(path)
		must(t, err)
		data[page*4096+16+50] ^= 4 // in the number of the commit
		must(t, os.WriteFile(path, data, 0o600))
		o := reopenCopying(t, dir)
		found := o.Found()
		if len(found) == 0 || found[0] != store.HeadDamaged {
			t.Fatalf("page %d: found %v", page, found)
		}
		if len(found) == 2 && found[1] == store.SteppedBack {
			lost++
		}
		if r := checked(t, o, ""); r.OK || r.Store != "ok" || len(r.Found) != 1 || !r.Found[0].Now {
			t.Errorf("page %d: %+v", page, r)
		}
		o.Close()
		if !headsWhole(t, path) {
			t.Errorf("page %d: not written over", page)
		}
		o = reopenCopying(t, dir)
		r := checked(t, o, "")
		if len(o.Found()) != 0 || !r.OK || len(r.Found) != 1 || r.Found[0].Now || r.Found[0].At.IsZero() ||
			!slices.Equal(r.Found[0].What, found) {
			t.Errorf("page %d, opened again: %+v", page, r)
		}
		entries, err := o.Journal(t.Context())
		must(t, err)
		if e := entries[len(entries)-1]; e.Verb != "contest.found" {
			t.Errorf("page %d: the journal ends with %+v", page, e)
		}
	}
	if lost != 1 {
		t.Errorf("%d of the two heads were the newer one", lost)
	}
}

func headsWhole(t *testing.T, path string) bool {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	for i := range 2 {
		meta := data[i*4096+16:]
		sum := fnv.New64a()
		sum.Write(meta[:56])
		if binary.NativeEndian.Uint64(meta[56:]) != sum.Sum64() {
			return false
		}
	}
	return true
}

// TestAnOlderFileInItsPlaceIsNoticed: a database copied by hand over the contest's is as whole as can be; that it is
// older than the one closed here is said once and kept. A restore by the program, and a kill, say nothing.
func TestAnOlderFileInItsPlaceIsNoticed(t *testing.T) {
	dir, _ := onDecided(t)
	path := filepath.Join(dir, "contest.db")
	old, err := os.ReadFile(path)
	must(t, err)
	o := reopenCopying(t, dir)
	_, err = o.Secrets().SetPIN(t.Context(), "j001", "2468")
	must(t, err)
	backup, err := o.BackupContest(t.Context())
	must(t, err)
	_, err = o.Secrets().SetPIN(t.Context(), "j001", "3579")
	must(t, err)
	must(t, o.Close())
	o = reopenCopying(t, dir)
	if len(o.Found()) != 0 {
		t.Errorf("found %v where nothing happened", o.Found())
	}
	must(t, o.Close())
	must(t, os.WriteFile(path, old, 0o600))
	o = reopenCopying(t, dir)
	if found := o.Found(); !slices.Equal(found, []store.Found{store.SteppedBack}) {
		t.Errorf("found %v", found)
	}
	must(t, o.Close())
	o = reopenCopying(t, dir)
	if r := checked(t, o, ""); len(o.Found()) != 0 || !r.OK || len(r.Found) != 1 {
		t.Errorf("found %v again; %+v", o.Found(), r)
	}
	must(t, o.Close())
	_, err = bolt.Restore(t.Context(), dir, backup, "before.db", office.SameContest)
	must(t, err)
	if o = reopenCopying(t, dir); len(o.Found()) != 0 {
		t.Errorf("a restore: found %v", o.Found())
	}
}
