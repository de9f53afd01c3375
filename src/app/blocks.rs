//! Blocks: two people who have met in an order do not meet again.

use super::{App, Origin, Reply};
use crate::domain::UserId;
use crate::domain::order::OrderId;
use crate::letter::BlockLine;
use crate::store::{StoreError, Tx};

/// How many people one person may block.
pub const MOST_BLOCKS: u32 = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockRefusal {
    /// Nobody can be blocked but the other side of an own order.
    NotYours,
    Already {
        line: BlockLine,
    },
    TooMany {
        most: u32,
    },
}

impl App {
    /// Somebody wants no more orders with the other side of this one.
    pub async fn block(
        &self,
        origin: Origin,
        order: OrderId,
        say: impl FnOnce(Result<BlockLine, BlockRefusal>) -> Reply + Send + 'static,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |app, tx| {
            Box::pin(async move { Ok(say(app.block_in(tx, origin.user, order).await?)) })
        })
        .await
    }

    async fn block_in(
        &self,
        tx: &mut Tx<'_>,
        user: UserId,
        id: OrderId,
    ) -> Result<Result<BlockLine, BlockRefusal>, StoreError> {
        let Some(order) = tx.order(id).await? else { return Ok(Err(BlockRefusal::NotYours)) };
        let Some(side) = order.side_of(user) else { return Ok(Err(BlockRefusal::NotYours)) };
        let line = BlockLine { user: order.party(side.other()), order: id };
        if tx.blocks(user).await? >= MOST_BLOCKS {
            return Ok(Err(BlockRefusal::TooMany { most: MOST_BLOCKS }));
        }
        if !tx.block(user, line.user, id).await? {
            return Ok(Err(BlockRefusal::Already { line }));
        }
        Ok(Ok(line))
    }

    pub async fn unblock(
        &self,
        origin: Origin,
        user: UserId,
        reply: Reply,
    ) -> Result<(), StoreError> {
        self.answer(origin, move |_, tx| {
            Box::pin(async move {
                tx.unblock(origin.user, user).await?;
                Ok(reply)
            })
        })
        .await
    }
}
