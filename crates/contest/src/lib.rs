//! The rules of a knowledge contest, as pure functions over plain values.
//!
//! Nothing here reads a clock, a file, an environment variable or a random source: time, keys and
//! configuration are arguments, so that every decision can be made again by anyone who holds the
//! same inputs. Whatever is ranked or paid is an integer or an exact [`fraction::Fraction`].
//!
//! The order of reading: [`plan`] (what the organizers decided), [`units`] and [`bank`] (what they
//! uploaded), [`paper`] (what a contestant sees), [`attempt`] (what is accepted, and when),
//! [`scoring`], [`ranking`], [`prizes`], [`lots`] and [`standings`] (what is published of a round), [`taken`] and
//! [`overall`] (of the contest), [`completion`] (who got far enough), [`figures`] and [`participation`] (what is reported of
//! both), [`commendation`] (who brought others in), [`closing`] (in which order a round is closed), [`decision`] and
//! [`edition`] (what comes after), [`review`] (what people should look at), [`load`] (how much it may bring), [`watch`] (what
//! is shown of a round under way), [`announcement`] (what is told on its page). A plan is written by [`plan_form`] (what it may say) and [`plan_edit`] (changes of its
//! text). [`organizers`] (who holds a contest, and what they may do).

#![warn(missing_docs)]

pub mod announcement;
pub mod announcing;
pub mod attempt;
pub mod bank;
pub mod closing;
pub mod commendation;
pub mod completion;
mod contestant;
pub mod decision;
pub mod edition;
pub mod figures;
pub mod form;
pub mod fraction;
pub mod ids;
pub mod ledger;
pub mod limits;
pub mod load;
pub mod lots;
pub mod moved;
pub mod organizers;
pub mod overall;
pub mod paper;
pub mod participation;
pub mod people;
pub mod plan;
pub mod plan_edit;
pub mod plan_file;
pub mod plan_form;
pub mod prediction;
pub mod prizes;
pub mod problem;
pub mod ranking;
pub mod registration;
pub mod result;
pub mod review;
pub mod scoring;
pub mod seal;
pub mod slip_code;
pub mod standings;
pub mod taken;
pub mod text;
pub mod throttle;
pub mod time;
pub mod units;
pub mod watch;
pub mod words;
