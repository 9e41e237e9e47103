// Package scoresheet reads score sheets that judges filled in, and lists of totals typed by hand.
//
// It promises: a sheet of this program is known by its line of identity, and each row by the base that it was made on;
// a head that was typed again is matched to the rubric's criteria or asked about; everything odd is a judging.Problem
// with its place, and problems and errors never repeat names.
//
// It will not open formats itself (package read does), nor decide whether a sheet is of this contest, judge and plan,
// or which score holds: the caller does.
package scoresheet
