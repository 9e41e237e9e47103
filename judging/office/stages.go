package office

import (
	"fayi/judging/office/access"
	"fayi/judging/office/assignment"
	"fayi/judging/office/audience"
	"fayi/judging/office/awards"
	"fayi/judging/office/collect"
	"fayi/judging/office/collecting"
	"fayi/judging/office/comments"
	"fayi/judging/office/comparisons"
	"fayi/judging/office/copies"
	"fayi/judging/office/correction"
	"fayi/judging/office/doubleentry"
	"fayi/judging/office/duplicates"
	"fayi/judging/office/exhibition"
	"fayi/judging/office/hints"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/letters"
	"fayi/judging/office/live"
	"fayi/judging/office/offsets"
	"fayi/judging/office/packets"
	"fayi/judging/office/passes"
	"fayi/judging/office/problems"
	"fayi/judging/office/report"
	"fayi/judging/office/results"
	"fayi/judging/office/review"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoredjudges"
	"fayi/judging/office/scoring"
	"fayi/judging/office/sending"
	"fayi/judging/office/signed"
	"fayi/judging/office/workfiles"
)

// Stages is the list of a contest's rooms: each method hands out one, with the operations of a stage or of a part of
// it. Every operation on a contest stands in one of them, or in Office if it is about the contest as a whole.
type Stages struct {
	Outside
}

// Outside is the part of the list about units and the public: what they are given, what they send, what they hear.
type Outside struct {
	Seats
}

// Seats is the part of the list about those who judge: where they sit, what they sign, what they come in by.
type Seats struct {
	rec *records.Records
}

// Intake takes in works and their files.
func (s Stages) Intake() intake.Stage { return intake.Of(s.rec) }

// Problems keeps what is wrong with the rows that came in, until it is fixed.
func (s Stages) Problems() problems.Stage { return problems.Of(s.rec) }

// Corrections puts data of works right, and takes that back.
func (s Stages) Corrections() correction.Stage { return correction.Of(s.rec) }

// Units keeps the names of units.
func (s Stages) Units() correction.Units { return correction.UnitsOf(s.rec) }

// Collect is the call for works: what units are given, what came, who has not sent.
func (u Outside) Collect() collect.Stage { return collect.Of(u.rec) }

// Sending is what units send over a network.
func (u Outside) Sending() sending.Stage { return sending.Of(u.rec) }

// WorkFiles looks into the files of works: measures, words, pages, small pictures.
func (s Stages) WorkFiles() workfiles.Stage { return workfiles.Of(s.rec) }

// Duplicates compares works with each other and with those of former years.
func (s Stages) Duplicates() duplicates.Stage { return duplicates.Of(s.rec) }

// Review accepts, returns or rejects works and prepares what judges see of them.
func (s Stages) Review() review.Stage { return review.Of(s.rec) }

// Assignment keeps judges and conflicts and decides who scores which work.
func (s Stages) Assignment() assignment.Stage { return assignment.Of(s.rec) }

// Scoring takes in scores from desks and sheets until the round is closed.
func (s Stages) Scoring() scoring.Stage { return scoring.Of(s.rec) }

// Offsets keeps the points that the office adds to scores or takes off.
func (s Stages) Offsets() offsets.Stage { return offsets.Of(s.rec) }

// Audience takes in votes of an audience.
func (s Stages) Audience() audience.Stage { return audience.Of(s.rec) }

// Live runs performances on a stage: who is on, and what the big screen shows.
func (s Stages) Live() live.Stage { return live.Of(s.rec) }

// Packets seals works for judges who score on another computer and takes their replies in.
func (s Seats) Packets() packets.Stage { return packets.Of(s.rec) }

// Passes keeps who may score in the room with a device of their own.
func (s Seats) Passes() passes.Stage { return passes.Of(s.rec) }

// Collecting takes filled sheets and packets' replies in, many files at once.
func (s Stages) Collecting() collecting.Stage { return collecting.Of(s.rec) }

// DoubleEntry has a second person type totals again that came on sheets.
func (s Stages) DoubleEntry() doubleentry.Stage { return doubleentry.Of(s.rec) }

// Comments lists what judges wrote on works.
func (s Stages) Comments() comments.Stage { return comments.Of(s.rec) }

// Calibration chooses works that all judges score first.
func (s Stages) Calibration() scoring.Calibration { return scoring.CalibrationOf(s.rec) }

// Signed is what judges sign: the pledge before their first score, and the list that they handed in.
func (s Seats) Signed() signed.Stage { return signed.Of(s.rec) }

// Results ranks the works and says how sure each place is.
func (s Stages) Results() results.Stage { return results.Of(s.rec) }

// Hints finds what in the scores a person should look at, and keeps who did.
func (s Seats) Hints() hints.Stage { return hints.Of(s.rec) }

// Awards decides awards, hears rulings, disputes and objections, and opens later rounds.
func (s Stages) Awards() awards.Stage { return awards.Of(s.rec) }

// Comparisons asks judges which of two works is better, near the line of an award that marks leave open.
func (s Stages) Comparisons() comparisons.Stage { return comparisons.Of(s.rec) }

// Notices makes awards public, hears objections and ends the contest.
func (s Stages) Notices() awards.Notices { return awards.NoticesOf(s.rec) }

// ScoredJudges strikes and merges judges together with their scores.
func (s Stages) ScoredJudges() scoredjudges.Stage { return scoredjudges.Of(s.rec) }

// RuleBook changes the contest's rules and weighs what a change would move.
func (s Stages) RuleBook() rules.Stage { return rules.Of(s.rec) }

// Report writes award lists, batches for superiors and certificates.
func (s Stages) Report() report.Stage { return report.Of(s.rec) }

// Letters tells units what became of their works.
func (u Outside) Letters() letters.Stage { return letters.Of(u.rec) }

// Exhibition shows awarded works to the public.
func (u Outside) Exhibition() exhibition.Stage { return exhibition.Of(u.rec) }

// Secrets keeps the judges' PINs and the organiser's password.
func (s Seats) Secrets() access.Secrets { return access.Of(s.rec) }

// Copies keeps the contest as a whole in other places.
func (s Stages) Copies() copies.Copies { return copies.Of(s.rec) }
