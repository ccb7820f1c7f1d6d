use crate::semantics::testing::check;

#[test]
fn ways_out_of_a_function() {
    check(
        r#"
fn unit() { step(); }                                          //~ exits unit = End
fn value() -> u8 { 1 }                                         //~ exits value = Tail
fn early(x: bool) { if x { return; } step(); }                 //~ exits early = End, Return
fn question() -> Result<(), E> { step()?; Ok(()) }             //~ exits question = Question, Tail
fn bails() -> anyhow::Result<()> { if x { anyhow::bail!("no"); } anyhow::ensure!(y); Ok(()) }   //~ exits bails = Bail, Tail
fn branches(x: u8) -> u8 { match x { 1 => return 2, 2 => panic!(), _ => 3 } }    //~ exits branches = Return, Tail
fn only_returns() -> u8 { return 1; }                          //~ exits only_returns = Return
fn endless() { loop { step(); } }                              //~ exits endless = nothing
fn never() -> ! { loop {} }                                    //~ exits never = nothing
fn gives_up() { never(); }                                     //~ exits gives_up = nothing
fn quits() { std::process::exit(1) }                           //~ exits quits = nothing
fn while_true() { while true { step(); } }                     //~ exits while_true = nothing
fn while_some() { while let Some(x) = next() {} }              //~ exits while_some = End
fn broken() -> u8 { loop { if x { break 1; } } }               //~ exits broken = Tail
fn labelled() { 'a: loop { loop { break 'a; } } }              //~ exits labelled = End
fn inner_only() { loop { 'b: loop { break 'b; } } }            //~ exits inner_only = nothing
fn let_else() { let Some(x) = y else { return }; }             //~ exits let_else = End, Return
fn no_else() { if x { never() } else { return } }              //~ exits no_else = Return
async fn other_runs() { let f = async { return 1; }; let g = || { return 2; }; }   //~ exits other_runs = End
fn tried() { let r: R = try { step()? }; }                     //~ exits tried = End
fn block() -> u8 { 'a: { if x { break 'a 1; } 2 } }            //~ exits block = Tail
async fn choice() { tokio::select! { _ = a() => {} _ = b() => { return } } }       //~ exits choice = End, Return
fn runs() {
    let a = async { step()?; Ok(()) };                         //~ exits async.. = Question, Tail
    let b = || return 1;                                       //~ exits || return 1 = Return
    let c = async move { loop { if done() { break } } };       //~ exits async.. = End
}
"#,
    );
}

#[test]
fn what_never_completes() {
    check(
        r#"
fn never() -> ! { panic!() }
fn main() {
    { return; }                                                //~ completes { return; } = no
    { panic!("x"); }                                           //~ completes { panic!("x"); } = no
    { if x { return } }                                        //~ completes { if x { return } } = yes
    { if x { return } else { never() } }                       //~ completes { if x { return } else { never() } } = no
    { match x { 1 => return, _ => unreachable!() } }           //~ completes { match x { 1 => return, _ => unreachable!() } } = no
    { match x { 1 => return, _ => {} } }                       //~ completes { match x { 1 => return, _ => {} } } = yes
    { loop { break; } }                                        //~ completes { loop { break; } } = yes
    { loop { loop { break; } } }                               //~ completes { loop { loop { break; } } } = no
    { while true {} }                                          //~ completes { while true {} } = no
    { for x in y { return } }                                  //~ completes { for x in y { return } } = yes
    { let x = never(); }                                       //~ completes { let x = never(); } = no
    { let f = || never(); }                                    //~ completes { let f = || never(); } = yes
    { let f = async { never() }; }                             //~ completes { let f = async { never() }; } = yes
    { std::process::abort() }                                  //~ completes { std::process::abort() } = no
    { std::future::pending::<()>().await }                     //~ completes { std::future::pending::<()>().await } = yes
    { step(return) }                                           //~ completes { step(return) } = yes
}
"#,
    );
}

#[test]
fn loops_that_are_meant_to_turn_for_ever() {
    check(
        r#"
async fn main(mut rx: tokio::sync::mpsc::Receiver<u8>, cancel: Token, stop: Flag) -> Result<(), E> {
    loop { step().await; }                                     //~ endless loop { step().await; } = yes
    while true { step().await; }                               //~ endless while true { step().await; } = yes
    loop { step().await?; }                                    //~ endless loop { step().await?; } = yes
    loop { if x { return Err(e); } }                           //~ endless loop { if x { return Err(e); } } = yes
    loop { if x { break; } }                                   //~ endless loop { if x { break; } } = no
    loop { if x { return Ok(()); } }                           //~ endless loop { if x { return Ok(()); } } = no
    loop { if stop.load() { break; } step().await; }           //~ endless loop.. = yes
    loop { tokio::select! { _ = cancel.cancelled() => break, x = rx.recv() => {} } }     //~ endless loop.. = yes
    loop { let Some(x) = rx.recv().await else { break }; }     //~ endless loop.. = yes
    loop { match rx.recv().await { Some(x) => {} None => break } }    //~ endless loop.. = yes
    loop { match connect().await { Ok(c) => {} Err(e) => { log(e); break } } }           //~ endless loop.. = yes
    loop { match connect().await { Ok(c) => break, Err(e) => {} } }   //~ endless loop.. = no
    while let Some(x) = rx.recv().await {}                     //~ endless while.. = no
    for x in y {}                                              //~ endless for x in y {} = no
    'a: loop { loop { break 'a; } }                            //~ endless loop { break 'a; } = no
    'b: loop { loop { if x { continue 'b; } } }                //~ endless loop { if x { continue 'b; } } = no
    'c: loop { 'd: loop { break 'd; } }                        //~ endless 'c: loop.. = yes
    loop { let f = async { return Ok(()); }; let g = || { return; }; }    //~ endless loop.. = yes
    loop { while let Some(x) = next() { break; } }             //~ endless loop.. = yes
    loop { if attempts > 3 { return Err(e.into()); } attempts += 1; }     //~ endless loop.. = yes
    loop { if attempts > 3 { anyhow::bail!("gave up"); } }     //~ endless loop.. = yes
    loop { if let Err(e) = step().await { return Err(e); } }   //~ endless loop.. = yes
}
"#,
    );
}
