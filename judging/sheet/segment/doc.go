// Package segment finds where the tables of a sheet are: their heads, tables below and next to each other, tables on
// their side, forms for one work.
//
// It promises the reading of the first rows whose heads have most evidence together, in time bounded by the rows and
// columns it looks at. What the columns below a head mean is weighed in package table.
package segment
