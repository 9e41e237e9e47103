// Package hall serves the rooms of many contests on one host, behind one address, for a city or a province.
//
// It promises: a contest is opened when somebody asks for it and closed when nobody does; what is wrong with one hurts
// no other; a score is answered only after it is kept in a folder that is still there; a stranger can't tell which
// contests there are; nothing that is logged or counted names anybody.
// It will not share anything between contests, and will not make a certificate.
package hall
