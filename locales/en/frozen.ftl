# /frozen: an account was frozen.

## Asking.

# $code (String)
frozen-title = 🧊 Frozen account · order { $code }
frozen-choose-title = 🧊 Frozen account
frozen-choose = Which order's money is it about? Here are your newest. For another one, write its code behind the command: /frozen K7M2QX
frozen-none = You have no orders yet. If an account was frozen for another reason, ask the bank or Alipay who ordered it.
frozen-about = I ask a few things, keep the answers sealed with this order for you alone, and put them into your evidence bundle. You can erase them at any time. If you do not know something, skip it.
frozen-ask-kind = Who froze the account?
button-frozen-hold = The bank or Alipay itself
button-frozen-stop = Payments stopped (止付)
button-frozen-judicial = Police, procurator or court
button-frozen-unknown = I don't know
frozen-ask-body = Which body is it? For example the police station, the court, or the bank's department. The bank or Alipay's hotline (95188) has to tell you.
frozen-ask-case = What is the case number?
frozen-ask-period = From when until when? For example 2026-11-20 to 2027-05-19.
frozen-ask-officer = Which officer handles it, and under which telephone number?
button-frozen-skip = I don't know yet
frozen-wrong-empty = There is nothing in it. Please write it in one line, or skip it.
# $most (Number)
frozen-wrong-long = That is too long: at most { $most } characters, please. The rest has its place in your own statement.
frozen-wrong-hidden = It has line breaks, or characters that cannot be seen. Please type it in one line.

## Looking at it.

frozen-review = Is that right? Nothing is kept before you say so.
# $kind (String)
frozen-line-kind = Kind: { $kind }
# $text (String)
frozen-line-body = Body: { $text }
# $text (String)
frozen-line-case = Case number: { $text }
# $text (String)
frozen-line-period = Period: { $text }
# $text (String)
frozen-line-officer = Officer: { $text }
frozen-unknown-yet = not known yet
frozen-kind-hold = hold by a bank or payment firm
frozen-kind-stop = stop of payments (止付)
frozen-kind-judicial = judicial freeze (司法冻结)
frozen-kind-unknown = not known
button-frozen-keep = Keep it
frozen-kept = Kept with the order, sealed. It is in your evidence bundle from now on.
frozen-before = That is what you have noted so far. You can answer anew, or erase it.
frozen-erased = Erased. Your evidence bundle no longer has it.
frozen-gone = There is nothing noted any more. Begin anew with /frozen and the order's code.
button-frozen-anew = Answer anew
button-frozen-erase = Erase my answers
button-frozen-with = All orders with this person
button-frozen = My account was frozen
frozen-with-title = Your orders with the same person
frozen-with-about = Press one for its evidence: a bank or the police may ask for all of them.
command-frozen = An account was frozen: what to do

## What helps.

frozen-steps = What to do now
frozen-step-hold = A hold usually lasts days. Call the bank or Alipay (95188), ask what they want explained, and explain it with documents: this order's evidence, your statement, where the coins came from.
frozen-step-stop = A stop of payments lasts 48 to 72 hours. Ask at once who ordered it, with the case number and the officer's telephone: what comes next depends on them.
frozen-step-judicial = A judicial freeze lasts six months and can be renewed. Only the freezing body decides on it: ask for its decision in writing, and hand in your documents there.
frozen-step-unknown = Find out first who froze it: call the bank or Alipay (95188), and ask for the freezing body, the case number, the officer, the period and the sum.
frozen-step-evidence = Fix the evidence within 48 hours: the bundle of this order, the stamped statement of Alipay (交易流水证明), a recording of your bill. Delete nothing.
frozen-step-agents = No agents, no private settlement: nobody can unfreeze an account for a fee, and a private refund can read as an admission.
