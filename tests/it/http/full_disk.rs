//! A store that cannot answer now, as where the disk under it is full: told as such, whatever was asked.

use super::started;
use http::Method;
use serde_json::{Value, json};
use tests::network::{Fault, Network};
use tests::reply::Reply;
use tests::sheet::answers;
use tests::{Contestant, FIRST, Folder, OPENS, SECRET, Stage, person};

/// More calls than any request makes.
const MOST_CALLS: usize = 60;

/// What people ask for.
#[derive(Clone, Copy, Debug)]
enum Request {
    Register,
    SignIn,
    Me,
    Start,
    Submit,
    Export,
    Erase,
}

/// Somebody who has begun an attempt, and what is to be handed in.
struct Person {
    contestant: Contestant,
    sheet: Value,
}

impl Request {
    async fn ask(self, stage: &Stage, somebody: &Person, place: usize) -> Reply {
        let Person { contestant, sheet } = somebody;
        match self {
            Self::Register => {
                let number = 100 + u32::try_from(place).expect("a small number");
                stage.door.try_register(&person(number, "Trần Thị Bình", "nam")).await
            }
            Self::SignIn => stage.door.sign_in("001090000001", SECRET).await,
            Self::Me => contestant.door.call(Method::GET, "me", None).await,
            Self::Start => contestant.at(OPENS).start(FIRST).await,
            Self::Submit => contestant.at("2026-03-02T08:01:00+07:00").submit(FIRST, 1, sheet).await,
            Self::Export => contestant.export().await,
            Self::Erase => contestant.erase().await,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_whose_disk_is_full_is_told_by_503_and_a_time_to_try_again() {
    let network = Network::default();
    let mut stage = Stage::on(OPENS, Some(&network)).await;
    stage.add(&Folder::small()).await;
    let contestant = stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    let sheet = json!({ "answers": answers(&started(&contestant).await["paper"], 1) });
    let somebody = Person { contestant, sheet };
    use Request::{Erase, Export, Me, Register, SignIn, Start, Submit};
    for request in [Register, SignIn, Me, Start, Submit, Export, Erase] {
        let mut told = 0;
        for place in 0..MOST_CALLS {
            let fault = [(place, Fault::Full)];
            let (reply, calls) = network.with(&fault, request.ask(&stage, &somebody, place)).await;
            let Some(call) = calls.get(place) else { break };
            assert!(reply.status < 500 || reply.status == 503, "{request:?}, {call:?}: {}", reply.text());
            if reply.status == 503 {
                reply.refused(503, "busy");
                assert!(reply.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{request:?}");
                told += 1;
            }
        }
        assert!(told > 0, "{request:?} never met the full disk");
    }
}
